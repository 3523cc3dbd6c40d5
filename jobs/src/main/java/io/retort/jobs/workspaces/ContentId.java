package io.retort.jobs.workspaces;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.retort.inference.digests.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Names a thing by what it is made from, so that equal work has one name and other work another. */
public final class ContentId {
    private static final int DIGITS = 16;
    private static final ObjectMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private ContentId() {}

    /**
     * The first 16 hex digits of SHA-256 over canonical JSON of {@code kind} and {@code madeFrom}.
     *
     * @param madeFrom settings, seeds, versions and the ids or digests of inputs: records, maps, lists, numbers, texts
     */
    public static String of(String kind, Map<String, ?> madeFrom) {
        Map<String, Object> whole = new TreeMap<>(madeFrom);
        whole.put("kind", kind);
        try {
            byte[] json = CANONICAL.writeValueAsString(whole).getBytes(StandardCharsets.UTF_8);
            return Sha256.hex(json).substring(0, DIGITS);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("expected values that JSON can hold, found " + whole, e);
        }
    }
}

package io.retort.datasets.corpus;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.retort.datasets.InvalidDataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A manifest as JSON: every field there, none unknown, splits and reasons by their labels. */
final class ManifestJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .addMixIn(Split.class, SplitLabel.class)
            .addMixIn(RejectionReason.class, ReasonLabel.class)
            .build();

    private ManifestJson() {}

    static byte[] write(CorpusManifest manifest) {
        return (text(manifest) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static CorpusManifest parse(byte[] file, String where) {
        try {
            return JSON.readValue(file, CorpusManifest.class);
        } catch (IOException e) {
            String found = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
            throw new InvalidDataException("expected the manifest of a corpus, found: " + found + " in " + where, e);
        }
    }

    static String canonical(List<CorpusManifest.CorpusSource> sources) {
        return text(sources);
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected records to be writable as JSON", e);
        }
    }

    private abstract static class SplitLabel {
        @JsonValue
        abstract String label();

        @JsonCreator
        static Split labelled(String label) {
            return Split.labelled(label);
        }
    }

    private abstract static class ReasonLabel {
        @JsonValue
        abstract String label();

        @JsonCreator
        static RejectionReason labelled(String label) {
            return RejectionReason.labelled(label);
        }
    }
}

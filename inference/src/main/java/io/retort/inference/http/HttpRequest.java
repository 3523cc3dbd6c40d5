package io.retort.inference.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request that has arrived whole. The body is not copied.
 *
 * @param method as it was sent
 * @param path without its query, not decoded
 * @param fields header fields by lower-case name, values of one name joined by ", "
 */
public record HttpRequest(String method, String path, Map<String, String> fields, byte[] body) {
    public HttpRequest {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Returns a header field by its name in lower case. */
    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** Returns whether a field that is a list has {@code element}, whatever its case. */
    boolean lists(String name, String element) {
        for (String found : fields.getOrDefault(name, "").split(",", -1)) {
            if (found.trim().toLowerCase(Locale.ROOT).equals(element)) {
                return true;
            }
        }
        return false;
    }
}

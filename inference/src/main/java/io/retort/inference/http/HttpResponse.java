package io.retort.inference.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A response that is whole. The body is not copied.
 *
 * @param fields further header fields; length, type and connection are the server's to write
 */
public record HttpResponse(int status, String contentType, Map<String, String> fields, byte[] body) {
    public HttpResponse {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A response without further header fields. */
    public static HttpResponse of(int status, String contentType, byte[] body) {
        return new HttpResponse(status, contentType, Map.of(), body);
    }

    /** The same with one more header field. */
    public HttpResponse with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new HttpResponse(status, contentType, more, body);
    }
}

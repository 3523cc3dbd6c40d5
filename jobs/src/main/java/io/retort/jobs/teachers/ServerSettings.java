package io.retort.jobs.teachers;

import com.typesafe.config.Config;
import io.retort.distill.teachers.served.Traffic;
import java.net.URI;
import java.time.Duration;

/** A server as settings name it: that of a teacher, or of a chat model. */
public final class ServerSettings {
    private ServerSettings() {}

    /** How requests are sent: {@code in-flight}, {@code attempts} and so on. */
    public static Traffic traffic(Config server) {
        return new Traffic(
                server.getInt("in-flight"),
                server.getInt("attempts"),
                Duration.ofSeconds(server.getInt("timeout-seconds")),
                Duration.ofMillis(server.getInt("first-pause-millis")),
                server.getString("key-variable"));
    }

    /**
     * Where it is.
     *
     * @param key of the setting {@code url}
     * @throws IllegalArgumentException if that is no url; what it is may hold a secret and is not told
     */
    public static URI url(Config server, String key) {
        String url = server.getString("url");
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected a url in " + key + ", found " + url.length() + " characters that are none", e);
        }
    }
}

package io.retort.distill.teachers.served;

import java.io.Serializable;
import java.net.URI;
import java.util.List;

/**
 * Which server to ask, and for what.
 *
 * @param url the server's root, such as {@code http://127.0.0.1:8000}; a path in it is kept; no credentials
 * @param protocol how to speak to it
 * @param model the model that must answer, by the server's name for it; empty for the only one it serves
 * @param entries of each distribution to ask for; all where the vocabulary is no larger
 * @param contextTokens longest sequence to send, beginning-of-sequence included; 0 for what the server says
 * @param traffic how requests are sent
 */
public record ServedSettings(
        URI url, ProtocolChoice protocol, String model, int entries, int contextTokens, Traffic traffic)
        implements Serializable {
    private static final int MOST_ENTRIES = 1 << 14;

    public ServedSettings {
        requireServer(url);
        if (entries < 1 || entries > MOST_ENTRIES) {
            throw new IllegalArgumentException("expected 1 to " + MOST_ENTRIES + " entries, found " + entries);
        }
        if (contextTokens < 0) {
            throw new IllegalArgumentException("expected a context of 0 tokens or more, found " + contextTokens);
        }
    }

    static void requireServer(URI url) {
        String scheme = String.valueOf(url.getScheme());
        if (!List.of("http", "https").contains(scheme) || url.getHost() == null) {
            throw new IllegalArgumentException("expected a server as http://HOST:PORT or https://HOST, found " + scheme
                    + " and host " + url.getHost());
        }
        if (url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
            throw new IllegalArgumentException("expected a url without user, query and fragment for " + url.getHost()
                    + "; a key belongs into an environment variable");
        }
    }
}

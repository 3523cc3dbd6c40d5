package io.retort.distill.teachers.served;

import java.io.Serializable;
import java.net.URI;

/**
 * Which model behind OpenAI's {@code /v1/completions} to ask by text, and how.
 *
 * @param url the server's root; a path in it is kept; no credentials
 * @param model by the server's name for it; empty for the only one it serves
 * @param traffic how requests are sent
 */
public record EndpointSettings(URI url, String model, Traffic traffic) implements Serializable {
    /** Checks the url. */
    public EndpointSettings {
        ServedSettings.requireServer(url);
    }
}

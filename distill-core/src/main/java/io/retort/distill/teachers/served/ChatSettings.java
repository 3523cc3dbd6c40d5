package io.retort.distill.teachers.served;

import java.io.Serializable;
import java.net.URI;

/**
 * Which chat model to ask, and how.
 *
 * @param url the server's root; a path in it is kept; no credentials
 * @param model by the server's name for it
 * @param system the first message of every conversation, to the model; empty for none
 * @param traffic how requests are sent
 */
public record ChatSettings(URI url, String model, String system, Traffic traffic) implements Serializable {
    /** Checks the url and that a model is named. */
    public ChatSettings {
        ServedSettings.requireServer(url);
        if (model.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected the name of the chat model at " + url.getHost() + ", found none");
        }
    }
}

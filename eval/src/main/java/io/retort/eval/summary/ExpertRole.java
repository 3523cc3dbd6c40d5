package io.retort.eval.summary;

import java.io.Serializable;

/**
 * An expert and the domain it was made for.
 *
 * @param name the model name its outcomes carry
 * @param parameters how many numbers it was trained to
 */
public record ExpertRole(String name, String domain, long parameters) implements Serializable {
    public ExpertRole {
        if (name.isBlank() || domain.isBlank() || parameters < 0) {
            throw new IllegalArgumentException("expected a name, a domain and a count of parameters, found \"" + name
                    + "\", \"" + domain + "\" and " + parameters);
        }
    }
}

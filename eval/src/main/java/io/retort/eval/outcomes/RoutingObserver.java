package io.retort.eval.outcomes;

import java.util.List;

/** Tells which experts a routed model asks for a prompt. */
@FunctionalInterface
public interface RoutingObserver {
    /** For a model that does not route. */
    RoutingObserver NONE = prompt -> List.of();

    /**
     * The experts asked for a prompt.
     *
     * @param prompt UTF-8 bytes, never none
     * @return the experts asked, most weight first
     */
    List<RoutedExpert> chosen(byte[] prompt);
}

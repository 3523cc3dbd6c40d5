package io.retort.jobs.continuations;

import io.retort.distill.continuations.Author;
import java.io.Serializable;
import java.util.SortedMap;

/** Who writes, in a form that a task can carry. */
public interface Authors extends Serializable {
    /** The author of a domain, opened when it is first asked for and shared by all who ask in this process. */
    Author of(String domain);

    /** What decides, besides the settings, what is written: goes into the corpus' id and its manifest. Nothing secret. */
    SortedMap<String, String> identity();

    /** What reports call it. */
    String name();
}

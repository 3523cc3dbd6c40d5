package io.retort.jobs.clusters;

/** What is compared. */
public enum Contender {
    ROUTED("routed, %d chosen"),
    FOLLOWING("the same, weights follow the text"),
    FIRST("first choice alone"),
    UNIFORM("all alike"),
    ORACLE("best for each text, told"),
    RANDOM_ROUTED("random groups, %d chosen"),
    RANDOM_FOLLOWING("the same, weights follow the text"),
    RANDOM_UNIFORM("random groups, all alike"),
    SHARED("shared student alone"),
    DENSE_ONE("one student, parameters of 1"),
    DENSE_CHOSEN("one student, parameters of %d"),
    DENSE_ALL("one student, parameters of all");

    private final String label;

    Contender(String label) {
        this.label = label;
    }

    String label(int chosen) {
        return label.formatted(chosen);
    }
}

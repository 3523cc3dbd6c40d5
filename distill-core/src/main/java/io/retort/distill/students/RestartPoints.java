package io.retort.distill.students;

/**
 * The last two points that a training may go back to. It goes to the earlier one, since what ends in a loss that is no
 * number may have begun before the last.
 */
record RestartPoints(Snapshot earlier, Snapshot last) {
    /** Before anything was done. */
    static final RestartPoints NONE = new RestartPoints(Snapshot.NONE, Snapshot.NONE);

    /** After another point was passed. */
    RestartPoints passed(Snapshot point) {
        return new RestartPoints(last.weights().isEmpty() ? point : last, point);
    }

    /** After going back. */
    RestartPoints gone() {
        return new RestartPoints(earlier, earlier);
    }
}

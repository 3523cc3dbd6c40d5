package io.retort.distill.students;

import java.util.List;

/** A loss or a gradient that is no number, at a step, over some documents. */
final class NonFiniteLossException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int NAMED = 8;

    private final int step;

    NonFiniteLossException(int step, double loss, List<Window> windows) {
        super("expected a finite loss and gradient, found a loss of " + loss + " at step " + step + " over documents "
                + documents(windows));
        this.step = step;
    }

    private static String documents(List<Window> windows) {
        List<Integer> some = windows.stream().map(Window::document).limit(NAMED).toList();
        return some + (windows.size() > NAMED ? " and " + (windows.size() - NAMED) + " more" : "");
    }

    int step() {
        return step;
    }
}

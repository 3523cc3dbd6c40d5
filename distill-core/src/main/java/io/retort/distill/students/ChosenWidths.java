package io.retort.distill.students;

/**
 * The options {@code width} and {@code hidden}: both 0, for the widest student that a budget affords, or both chosen.
 *
 * @param width channels, or 0
 * @param hidden channels of the feed-forward networks, or 0
 */
record ChosenWidths(int width, int hidden) {

    private static final int MOST = 4096;

    ChosenWidths {
        if ((width == 0) != (hidden == 0)) {
            throw new IllegalArgumentException(
                    "expected width and hidden both 0 or both positive, found " + width + " and " + hidden);
        }
    }

    static ChosenWidths of(StudentOptions options) {
        return new ChosenWidths(options.integer("width", 0, 0, MOST), options.integer("hidden", 0, 0, MOST));
    }

    boolean chosen() {
        return width > 0;
    }
}

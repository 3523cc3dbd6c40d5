package io.retort.inference.bundles;

/** Something wrong with a bundle: in which file (or of which path), and what, on one line. */
public record Finding(String path, String problem) {
    private static final int LONGEST = 400;

    public Finding {
        path = PrintableText.of(path, LONGEST);
        problem = PrintableText.of(problem, LONGEST);
    }

    @Override
    public String toString() {
        return path + ": " + problem;
    }
}

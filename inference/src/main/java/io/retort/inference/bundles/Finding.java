package io.retort.inference.bundles;

/** Something wrong with a bundle: in which file (or of which path), and what, on one line. */
public record Finding(String path, String problem) {
    public Finding {
        path = printable(path);
        problem = printable(problem);
    }

    @Override
    public String toString() {
        return path + ": " + problem;
    }

    /** Names and messages may quote a hostile file: no control character gets to a terminal, and no page of text. */
    private static String printable(String text) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), 400); i++) {
            char c = text.charAt(i);
            clean.append(c < 0x20 || (c >= 0x7F && c < 0xA0) ? '?' : c);
        }
        return clean.append(text.length() > 400 ? "…" : "").toString();
    }
}

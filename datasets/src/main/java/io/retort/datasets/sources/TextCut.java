package io.retort.datasets.sources;

/** Where plain text is cut into documents. */
public sealed interface TextCut {
    /** At blank lines. */
    record AtBlankLines() implements TextCut {}

    /**
     * At every occurrence of a mark, such as {@code <|endoftext|>}, which belongs to no document.
     *
     * @param mark not empty
     */
    record AtMark(String mark) implements TextCut {
        public AtMark {
            if (mark.isEmpty()) {
                throw new IllegalArgumentException("expected a mark between documents, found an empty text");
            }
        }
    }

    /**
     * At ends of lines, so that documents are as long as they can be within a size; a line longer than that is cut at a
     * space, or where there is none, between two characters.
     *
     * @param bytes the size in UTF-8 bytes, at least 16
     */
    record AtSize(int bytes) implements TextCut {
        private static final int FEWEST_BYTES = 16;

        public AtSize {
            if (bytes < FEWEST_BYTES) {
                throw new IllegalArgumentException(
                        "expected documents of at least " + FEWEST_BYTES + " bytes, found " + bytes);
            }
        }
    }
}

package io.retort.datasets.tokenizers;

/** Texts that have UTF-8. */
final class WellFormedText {
    private WellFormedText() {}

    /** The text, a surrogate without its other half, which has no UTF-8, replaced by U+FFFD as tiktoken does. */
    static String of(String text) {
        StringBuilder replaced = null;
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            if (Character.charCount(text.codePointAt(i)) == 2) {
                i++;
                continue;
            }
            if (replaced == null) {
                replaced = new StringBuilder(text);
            }
            replaced.setCharAt(i, '\ufffd');
        }
        return replaced == null ? text : replaced.toString();
    }
}

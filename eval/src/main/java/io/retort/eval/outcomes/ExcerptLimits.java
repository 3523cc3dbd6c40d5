package io.retort.eval.outcomes;

/**
 * How much text a {@link Sample} keeps.
 *
 * @param promptChars at least 64; a prompt's question may stand at either end, so its middle is what is left out
 * @param answerChars at least 64, for reference, produced text and reason alike
 */
public record ExcerptLimits(int promptChars, int answerChars) {
    /** 2000 chars of a prompt, 1000 of an answer. */
    public static final ExcerptLimits DEFAULT = new ExcerptLimits(2000, 1000);

    private static final int SMALLEST = 64;

    public ExcerptLimits {
        if (promptChars < SMALLEST || answerChars < SMALLEST) {
            throw new IllegalArgumentException(
                    "expected limits of at least 64 chars, found " + promptChars + " and " + answerChars);
        }
    }

    public Sample excerpt(Sample whole) {
        return new Sample(
                cut(whole.prompt(), promptChars),
                cut(whole.reference(), answerChars),
                cut(whole.produced(), answerChars),
                cut(whole.reason(), answerChars));
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int left = limit / 2;
        int right = text.length() - limit / 2;
        left -= Character.isHighSurrogate(text.charAt(left - 1)) ? 1 : 0;
        right += Character.isLowSurrogate(text.charAt(right)) ? 1 : 0;
        return text.substring(0, left) + " […" + (right - left) + " chars…] " + text.substring(right);
    }
}

package io.retort.datasets.tokenizers;

/** Regular expressions (java.util.regex) that cut a text into the pieces within which byte pairs may merge. */
public final class PiecePatterns {
    /**
     * Retort's own: words without a leading space, single digits, and runs of everything else, which a newline ends. A
     * word is tokenised the same wherever it stands, which keeps copying easy to learn; separators such as {@code " = "}
     * can be one token; and a prompt that ends in a newline never shares a token with its answer.
     */
    public static final String RETORT = "\\p{L}+|\\p{N}|[^\\p{L}\\p{N}\\n]*\\n|[^\\p{L}\\p{N}\\n]+";

    /**
     * Kimi-K2's, from {@code tokenization_kimi.py}; {@code \p{Han}} is written as Java does, and {@code (?U)} gives
     * {@code \s} its Unicode meaning.
     */
    public static final String KIMI_K2 = "(?U)[\\p{IsHan}]+"
            + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{IsHan}]]*"
            + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{IsHan}]]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
            + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{IsHan}]]+"
            + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{IsHan}]]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
            + "|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    private PiecePatterns() {}
}

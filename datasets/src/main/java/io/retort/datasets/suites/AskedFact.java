package io.retort.datasets.suites;

import io.retort.datasets.corpus.Document;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a prompt of the suite context the fact stands that its question asks for: the line of a key, the last line of a key
 * that stands there several times, the sentence in a story.
 *
 * @param offset of the fact, in bytes from the prompt's start
 * @param promptBytes of the prompt, its question included
 */
public record AskedFact(int offset, int promptBytes) {
    private static final String DOMAIN = "context";
    private static final Pattern QUESTION = Pattern.compile("What is (the latest |the code of )?([a-z]+)\\?\n\\z");

    public AskedFact {
        if (offset < 0 || offset >= promptBytes) {
            throw new IllegalArgumentException(
                    "expected an offset within a prompt of " + promptBytes + " bytes, found " + offset);
        }
    }

    /** The fact that a document asks for; empty where it asks for none that way, whatever its domain and text. */
    public static Optional<AskedFact> in(Document document) {
        String prompt = document.prompt();
        // A question is short; what stands before it need not be looked at for it.
        int tail = Math.max(0, prompt.length() - 128);
        Matcher question = QUESTION.matcher(prompt).region(tail, prompt.length());
        if (!document.domain().equals(DOMAIN) || !question.find()) {
            return Optional.empty();
        }
        String key = question.group(2);
        boolean story = "the code of ".equals(question.group(1));
        int at = story
                ? prompt.lastIndexOf("The code of " + key + " is " + document.answer() + ".")
                : lineOf(prompt, key + " = " + document.answer() + "\n");
        return at < 0
                ? Optional.empty()
                : Optional.of(new AskedFact(bytes(prompt, at), bytes(prompt, prompt.length())));
    }

    /** How far from the prompt's start the fact stands: from 0, the start, to below 1. */
    public double depth() {
        return (double) offset / promptBytes;
    }

    /** Where the last line that reads so begins, or −1. */
    private static int lineOf(String prompt, String line) {
        int at = prompt.lastIndexOf("\n" + line);
        return at >= 0 ? at + 1 : prompt.startsWith(line) ? 0 : -1;
    }

    private static int bytes(String prompt, int to) {
        return prompt.substring(0, to).getBytes(StandardCharsets.UTF_8).length;
    }
}

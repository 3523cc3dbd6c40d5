package io.retort.datasets.corpus;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One example: a prompt and the answer a model is to give, or free text (then the prompt is empty and the answer is the
 * text). Immutable.
 *
 * @param id 32 lower-case hex digits, see {@link #of}
 * @param domain the expert's field, such as {@code math}: lower-case letters, digits and hyphens, at most 64
 * @param task what within the domain, such as {@code gsm8k}: not blank
 * @param split the part of the corpus it belongs to
 * @param prompt what the model is given; empty for free text
 * @param answer what the model is to produce; never empty
 * @param choices empty, or the alternatives among which the answer is chosen by likelihood; then it contains the answer
 */
public record Document(
        String id, String domain, String task, Split split, String prompt, String answer, List<String> choices) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    public Document {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("expected an id of 32 lower-case hex digits, found \"" + id + "\"");
        }
        if (!DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException(
                    "expected a domain of lower-case letters, digits and hyphens, found \"" + domain + "\"");
        }
        if (task.isBlank()) {
            throw new IllegalArgumentException("expected the name of a task, found \"" + task + "\"");
        }
        if (answer.isEmpty()) {
            throw new IllegalArgumentException("expected an answer, found an empty one after prompt \""
                    + prompt.substring(0, Math.min(prompt.length(), 80)) + "\"");
        }
        choices = List.copyOf(choices);
        if (!choices.isEmpty() && !choices.contains(answer)) {
            throw new IllegalArgumentException("expected choices to contain the answer \"" + answer + "\"");
        }
        requireWellFormed("prompt", prompt);
        requireWellFormed("answer", answer);
        choices.forEach(choice -> requireWellFormed("choice", choice));
    }

    /**
     * The document with this content. Its id is the first 32 hex digits of SHA-256 over domain, task, prompt and answer,
     * each preceded by its length; its split is a function of the domain and the prompt (of the answer, where the prompt
     * is empty), so that one prompt with two answers stays in one split.
     */
    public static Document of(String domain, String task, String prompt, String answer, List<String> choices) {
        Split split = Split.of(domain + "\n" + (prompt.isEmpty() ? answer : prompt));
        return new Document(contentId(domain, task, prompt, answer), domain, task, split, prompt, answer, choices);
    }

    /**
     * The same document in the split of a group: documents of one group, such as the questions about one story or the
     * pieces of one text, are together in a split whatever their prompts.
     *
     * @param group what the group is known by, not empty; a function of content alone
     */
    public Document inGroup(String group) {
        if (group.isEmpty()) {
            throw new IllegalArgumentException("expected what a group is known by, found an empty text");
        }
        return new Document(id, domain, task, Split.of(domain + "\n" + group), prompt, answer, choices);
    }

    /** The same document in a split that something else than its content decides, such as its place in a file. */
    public Document in(Split other) {
        return new Document(id, domain, task, other, prompt, answer, choices);
    }

    /**
     * Another answer to the same prompt, in the same split; where the prompt is empty, another text of the same task. It has
     * no choices.
     */
    public Document withAnswer(String other) {
        return new Document(contentId(domain, task, prompt, other), domain, task, split, prompt, other, List.of());
    }

    /** Prompt and answer in one. */
    public String text() {
        return prompt + answer;
    }

    /** The id that {@link #of} would give this content. */
    static String contentId(String domain, String task, String prompt, String answer) {
        return ContentHash.hex(domain, task, prompt, answer).substring(0, 32);
    }

    /** Text without a UTF-8 form would come back from a file as other text than went in. */
    private static void requireWellFormed(String what, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            boolean paired = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (!paired) {
                throw new IllegalArgumentException(
                        "expected well-formed Unicode, found an unpaired surrogate in the " + what + " at char " + i);
            }
            i++;
        }
    }
}

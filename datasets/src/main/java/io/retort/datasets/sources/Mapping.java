package io.retort.datasets.sources;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How a document is made of a record.
 *
 * @param prompt empty, or ending in a newline, so that no token spans prompt and answer
 * @param answer what the model is to produce
 * @param answerPattern a regular expression that must be found in the answer; its first group (or all of it, without
 *     one) is the answer then
 * @param choices the alternatives; a single field that is an array stands for its elements
 * @param group what is shared by records that must stay in one split, such as the number of a conversation; where there
 *     is none, the format decides
 */
public record Mapping(
        Template prompt,
        Template answer,
        Optional<String> answerPattern,
        List<Template> choices,
        Optional<Template> group) {
    public Mapping {
        if (!prompt.source().isEmpty() && !prompt.source().endsWith("\n")) {
            throw new IllegalArgumentException("expected a prompt that is empty or ends in a newline, found \""
                    + prompt.source().replace("\n", "\\n") + "\"");
        }
        if (answer.source().isEmpty()) {
            throw new IllegalArgumentException("expected a template for the answer, found an empty one");
        }
        answerPattern.ifPresent(Mapping::compile);
        choices = List.copyOf(choices);
    }

    /** The mapping of two templates. */
    public static Mapping of(String prompt, String answer) {
        return new Mapping(
                Template.parse(prompt), Template.parse(answer), Optional.empty(), List.of(), Optional.empty());
    }

    static Pattern compile(String pattern) {
        try {
            return Pattern.compile(pattern, Pattern.MULTILINE);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "expected a regular expression, found \"" + pattern + "\": " + e.getDescription(), e);
        }
    }
}

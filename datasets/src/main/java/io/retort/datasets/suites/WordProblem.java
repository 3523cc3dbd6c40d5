package io.retort.datasets.suites;

import java.util.List;
import java.util.Map;

/** One-step problems in words: a template, its operation and numbers of one or two digits. */
final class WordProblem {

    private static final String TASK = "word-problem";

    private enum Operation {
        ADD,
        SUBTRACT,
        MULTIPLY
    }

    /** A template with the marks A and B for names, N for things, X and Y for numbers. */
    private record Template(Operation operation, String text) {}

    private static final List<Template> TEMPLATES = List.of(
            new Template(Operation.ADD, "{A} has {X} {N}. {B} gives {A} {Y} more. How many {N} does {A} have?"),
            new Template(Operation.ADD, "{A} has {X} {N} and {B} has {Y} {N}. How many {N} do they have together?"),
            new Template(
                    Operation.ADD, "There are {X} {N} in a box. {A} puts in {Y} more. How many {N} are there now?"),
            new Template(Operation.ADD, "{A} sold {X} {N} on Monday and {Y} on Friday. How many {N} were sold?"),
            new Template(Operation.SUBTRACT, "{A} has {X} {N}. {A} gives {Y} to {B}. How many {N} are left?"),
            new Template(Operation.SUBTRACT, "There are {X} {N} in a box. {A} takes out {Y}. How many {N} are left?"),
            new Template(
                    Operation.SUBTRACT, "{A} has {X} {N} and {B} has {Y}. How many more {N} does {A} have than {B}?"),
            new Template(Operation.SUBTRACT, "{A} had {X} {N} and lost {Y} of them. How many {N} are left?"),
            new Template(Operation.MULTIPLY, "{A} has {Y} boxes with {X} {N} each. How many {N} are there in all?"),
            new Template(Operation.MULTIPLY, "{A} reads {X} pages a day. How many pages does {A} read in {Y} days?"),
            new Template(Operation.MULTIPLY, "One of the {N} costs {X} cents. How much do {Y} {N} cost?"));

    private static final List<String> THINGS =
            List.of("apples", "books", "coins", "shells", "cups", "pens", "stamps", "cards", "plums", "eggs", "hats");

    private WordProblem() {}

    static Item draw(Draws draws) {
        Template template = draws.pick(TEMPLATES);
        int x = draws.between(4, 99);
        int y = draws.between(2, 99);
        int result;
        switch (template.operation()) {
            case ADD -> result = x + y;
            case SUBTRACT -> {
                int larger = Math.max(x, y);
                y = Math.min(x, y);
                x = larger;
                result = x - y;
            }
            case MULTIPLY -> {
                x = draws.between(2, 30);
                y = draws.between(2, 9);
                result = x * y;
            }
            default -> throw new IllegalStateException("no such operation: " + template.operation());
        }
        List<String> names = draws.sample(Lexicon.NAMES, 2);
        Map<String, String> marks = Map.of(
                "{A}", names.get(0), "{B}", names.get(1), "{N}", draws.pick(THINGS), "{X}", "" + x, "{Y}", "" + y);
        return Item.of(TASK, filled(template.text(), marks) + "\n", Integer.toString(result));
    }

    private static String filled(String template, Map<String, String> marks) {
        String text = template;
        for (Map.Entry<String, String> mark : marks.entrySet()) {
            text = text.replace(mark.getKey(), mark.getValue());
        }
        return text;
    }
}

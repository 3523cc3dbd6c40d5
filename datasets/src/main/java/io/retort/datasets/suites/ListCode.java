package io.retort.datasets.suites;

import java.util.ArrayList;
import java.util.List;

/** Functions of a list of whole numbers: one or two steps, one line each, or a loop with an accumulator. */
final class ListCode {

    private static final List<String> NAMES = List.of("xs", "ys", "items", "values", "nums");

    /** A phrase about the elements and the code of it. */
    private record Step(String phrase, String code) {}

    private final Draws draws;
    private final String name;

    private ListCode(Draws draws) {
        this.draws = draws;
        this.name = draws.pick(NAMES);
    }

    static CodeSketch steps(Draws draws) {
        ListCode code = new ListCode(draws);
        List<String> body = new ArrayList<>();
        List<String> phrases = new ArrayList<>();
        if (draws.percent(70)) {
            Step step = code.step();
            phrases.add(step.phrase());
            body.add(code.name + " = " + step.code());
        }
        Step last = draws.percent(50) ? code.step() : code.end();
        phrases.add(last.phrase());
        body.add("return " + last.code());
        return code.sketch("list", "Take " + code.name + ", " + String.join(", then ", phrases) + ".", body);
    }

    static CodeSketch loop(Draws draws) {
        ListCode code = new ListCode(draws);
        List<String> body = new ArrayList<>();
        Step test = code.test();
        String head = "for v in " + code.name + ":";
        int constant = draws.between(2, 9);
        Step each = draws.oneOf(
                new Step("the elements", "v"),
                new Step("the squares of the elements", "v * v"),
                new Step(constant + " times the elements", "v * " + constant));
        if (draws.percent(60)) {
            body.addAll(List.of("total = 0", head, "    if " + test.code() + ":", "        total += " + each.code()));
            body.add("return total");
            return code.sketch(
                    "list-loop",
                    "Add up " + each.phrase() + " of " + code.name + " that are " + test.phrase() + ".",
                    body);
        }
        body.addAll(
                List.of("out = []", head, "    if " + test.code() + ":", "        out.append(" + each.code() + ")"));
        body.add("return out");
        return code.sketch(
                "list-loop",
                "Collect " + each.phrase() + " of " + code.name + " that are " + test.phrase() + ".",
                body);
    }

    /** A list from a list. */
    private Step step() {
        int count = draws.between(1, 5);
        int constant = draws.between(2, 99);
        return switch (draws.below(9)) {
            case 0, 1 -> {
                Step test = test();
                yield new Step("keep what is " + test.phrase(), "[v for v in " + name + " if " + test.code() + "]");
            }
            case 2 -> new Step("add " + constant + " to each", "[v + " + constant + " for v in " + name + "]");
            case 3 -> new Step("multiply each by " + constant, "[v * " + constant + " for v in " + name + "]");
            case 4 -> new Step("square each", "[v * v for v in " + name + "]");
            case 5 -> new Step("sort it", "sorted(" + name + ")");
            case 6 -> new Step("reverse it", name + "[::-1]");
            case 7 -> new Step("keep the first " + count, name + "[:" + count + "]");
            default -> new Step("keep the last " + count, name + "[-" + count + ":]");
        };
    }

    /** A number or a truth from a list. */
    private Step end() {
        int constant = draws.between(2, 99);
        return switch (draws.below(6)) {
            case 0 -> new Step("return the sum", "sum(" + name + ")");
            case 1 -> new Step("return the largest", "max(" + name + ")");
            case 2 -> new Step("return the smallest", "min(" + name + ")");
            case 3 -> new Step("return the length", "len(" + name + ")");
            case 4 -> new Step("count " + constant + " in it", name + ".count(" + constant + ")");
            default -> new Step("tell if " + constant + " is in it", constant + " in " + name);
        };
    }

    private Step test() {
        int constant = draws.between(2, 99);
        return switch (draws.below(5)) {
            case 0 -> new Step("even", "v % 2 == 0");
            case 1 -> new Step("odd", "v % 2 == 1");
            case 2 -> new Step("more than " + constant, "v > " + constant);
            case 3 -> new Step("less than " + constant, "v < " + constant);
            default -> new Step("not " + constant, "v != " + constant);
        };
    }

    private CodeSketch sketch(String task, String description, List<String> body) {
        return new CodeSketch(task, List.of(new CodeSketch.Parameter(name, CodeSketch.Kind.LIST)), description, body);
    }
}

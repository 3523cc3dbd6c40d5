package io.retort.datasets.suites;

import java.util.List;

/** Functions of one or two whole numbers: formulas, conditions, branches and loops over a range. */
final class NumberCode {

    private static final List<String> NAMES = List.of("x", "y", "a", "b", "n", "m", "k", "p");

    /** A phrase and the expression it means; a compound expression needs brackets inside a tighter one. */
    private record Term(String phrase, String code, Shape shape) {

        String inner() {
            return shape == Shape.COMPOUND ? "(" + code + ")" : code;
        }
    }

    private enum Shape {
        SIMPLE,
        COMPOUND
    }

    private final Draws draws;
    private final String x;
    private final String y;

    private NumberCode(Draws draws) {
        this.draws = draws;
        List<String> names = draws.sample(NAMES, 2);
        this.x = names.get(0);
        this.y = names.get(1);
    }

    static CodeSketch formula(Draws draws) {
        NumberCode code = new NumberCode(draws);
        Term term = draws.percent(25) ? code.start() : code.step(code.start());
        return code.sketch("formula", "Return " + term.phrase() + ".", List.of("return " + term.code()));
    }

    static CodeSketch condition(Draws draws) {
        NumberCode code = new NumberCode(draws);
        Term test = code.test(draws.percent(50) ? code.plain(code.x) : code.start());
        if (draws.percent(30)) {
            Term other = code.test(code.plain(code.y));
            String joint = draws.oneOf("and", "or");
            return code.sketch(
                    "condition",
                    "Return True if " + test.phrase() + " " + joint + " " + other.phrase() + ".",
                    List.of("return " + test.code() + " " + joint + " " + other.code()));
        }
        return code.sketch("condition", "Return True if " + test.phrase() + ".", List.of("return " + test.code()));
    }

    static CodeSketch branch(Draws draws) {
        NumberCode code = new NumberCode(draws);
        Term test = code.test(code.plain(code.x));
        Term first = code.choice();
        Term second = code.choice();
        while (second.code().equals(first.code())) {
            second = code.choice();
        }
        return code.sketch(
                "branch",
                "Return " + first.phrase() + " if " + test.phrase() + ", else " + second.phrase() + ".",
                List.of("if " + test.code() + ":", "    return " + first.code(), "return " + second.code()));
    }

    static CodeSketch range(Draws draws) {
        NumberCode code = new NumberCode(draws);
        boolean fromOne = draws.percent(50);
        String from = fromOne ? "1" : code.y;
        String head = "for i in range(" + from + ", " + code.x + " + 1):";
        Term each = draws.oneOf(
                new Term("the numbers", "i", Shape.SIMPLE),
                new Term("the squares", "i * i", Shape.SIMPLE),
                code.constantTerm(" times the numbers", "i * "));
        String span = " from " + from + " to " + code.x;
        if (draws.percent(50)) {
            int divisor = draws.between(2, 9);
            return code.sketch(
                    "range",
                    "Add up " + each.phrase() + span + " that divide by " + divisor + ".",
                    List.of(
                            "total = 0",
                            head,
                            "    if i % " + divisor + " == 0:",
                            "        total += " + each.code(),
                            "return total"));
        }
        int start = draws.between(0, 9);
        return code.sketch(
                "range",
                "Start at " + start + " and add up " + each.phrase() + span + ".",
                List.of("total = " + start, head, "    total += " + each.code(), "return total"));
    }

    private Term constantTerm(String phrase, String code) {
        int constant = draws.between(2, 9);
        return new Term(constant + phrase, code + constant, Shape.SIMPLE);
    }

    private Term plain(String name) {
        return new Term(name, name, Shape.SIMPLE);
    }

    private Term start() {
        return switch (draws.below(8)) {
            case 0 -> new Term(x + " plus " + y, x + " + " + y, Shape.COMPOUND);
            case 1 -> new Term(x + " minus " + y, x + " - " + y, Shape.COMPOUND);
            case 2 -> new Term(x + " times " + y, x + " * " + y, Shape.COMPOUND);
            case 3 -> new Term("the larger of " + x + " and " + y, "max(" + x + ", " + y + ")", Shape.SIMPLE);
            case 4 -> new Term("the smaller of " + x + " and " + y, "min(" + x + ", " + y + ")", Shape.SIMPLE);
            case 5 -> new Term("the square of " + x, x + " * " + x, Shape.COMPOUND);
            case 6 -> new Term("the absolute value of " + x, "abs(" + x + ")", Shape.SIMPLE);
            default -> {
                int constant = draws.between(2, 99);
                yield new Term(x + " plus " + constant, x + " + " + constant, Shape.COMPOUND);
            }
        };
    }

    private Term step(Term start) {
        int constant = draws.between(2, 99);
        String operand = draws.percent(25) ? y : String.valueOf(constant);
        return switch (draws.below(5)) {
            case 0 -> new Term(start.phrase() + ", plus " + operand, start.code() + " + " + operand, Shape.COMPOUND);
            case 1 -> new Term(start.phrase() + ", minus " + operand, start.code() + " - " + operand, Shape.COMPOUND);
            case 2 -> new Term(start.phrase() + ", times " + operand, start.inner() + " * " + operand, Shape.COMPOUND);
            case 3 ->
                new Term(start.phrase() + ", modulo " + constant, start.inner() + " % " + constant, Shape.COMPOUND);
            default ->
                new Term(
                        start.phrase() + ", divided by " + constant + " rounded down",
                        start.inner() + " // " + constant,
                        Shape.COMPOUND);
        };
    }

    private Term test(Term subject) {
        int constant = draws.between(2, 99);
        return switch (draws.below(6)) {
            case 0 -> new Term(subject.phrase() + " is even", subject.inner() + " % 2 == 0", Shape.COMPOUND);
            case 1 -> new Term(subject.phrase() + " is odd", subject.inner() + " % 2 == 1", Shape.COMPOUND);
            case 2 ->
                new Term(
                        subject.phrase() + " is more than " + constant,
                        subject.code() + " > " + constant,
                        Shape.COMPOUND);
            case 3 ->
                new Term(
                        subject.phrase() + " is less than " + constant,
                        subject.code() + " < " + constant,
                        Shape.COMPOUND);
            case 4 ->
                new Term(
                        subject.phrase() + " is at least " + constant,
                        subject.code() + " >= " + constant,
                        Shape.COMPOUND);
            default ->
                new Term(
                        subject.phrase() + " divides by " + constant,
                        subject.inner() + " % " + constant + " == 0",
                        Shape.COMPOUND);
        };
    }

    private Term choice() {
        int constant = draws.between(2, 99);
        return switch (draws.below(5)) {
            case 0 -> plain(x);
            case 1 -> plain(y);
            case 2 -> plain(String.valueOf(constant));
            case 3 -> new Term(x + " plus " + constant, x + " + " + constant, Shape.COMPOUND);
            default -> new Term(y + " times " + constant, y + " * " + constant, Shape.COMPOUND);
        };
    }

    /** Only the parameters that the description names are declared. */
    private CodeSketch sketch(String task, String description, List<String> body) {
        List<CodeSketch.Parameter> used = List.of(x, y).stream()
                .filter(name -> body.stream().anyMatch(line -> line.matches(".*\\b" + name + "\\b.*")))
                .map(name -> new CodeSketch.Parameter(name, CodeSketch.Kind.NUMBER))
                .toList();
        return new CodeSketch(task, used, description, body);
    }
}

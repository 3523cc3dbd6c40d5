package io.retort.datasets.suites;

import io.retort.datasets.corpus.Document;
import java.util.List;
import java.util.Locale;

/** Sums, differences, products and word problems; the answer is one whole number, at least 0. */
public final class MathSuite implements Suite {

    private static final String DOMAIN = "math";
    private static final List<String> TASKS = List.of("add", "subtract", "multiply", "word-problem");
    private static final List<String> FORMS = List.of("%d %s %d =\n", "What is %d %s %d?\n", "Compute %d %s %d.\n");

    private final Checker checker = new NumberAnswer(DOMAIN);

    @Override
    public String domain() {
        return DOMAIN;
    }

    @Override
    public List<String> tasks() {
        return TASKS;
    }

    @Override
    public Document document(long seed, long index) {
        Draws draws = Draws.of(DOMAIN, seed, index);
        int share = draws.below(100);
        Item item;
        if (share < 35) {
            item = add(draws);
        } else if (share < 60) {
            item = subtract(draws);
        } else if (share < 80) {
            item = multiply(draws);
        } else {
            item = WordProblem.draw(draws);
        }
        return item.in(DOMAIN);
    }

    @Override
    public Checker checker() {
        return checker;
    }

    private static Item add(Draws draws) {
        int a = operand(draws);
        int b = operand(draws);
        return item(draws, "add", a, '+', b, a + b);
    }

    private static Item subtract(Draws draws) {
        int a = operand(draws);
        int b = operand(draws);
        int larger = Math.max(a, b);
        int smaller = Math.min(a, b);
        return item(draws, "subtract", larger, '-', smaller, larger - smaller);
    }

    private static Item multiply(Draws draws) {
        int a = draws.between(10, 99);
        int b = draws.between(2, 9);
        return draws.percent(50)
                ? item(draws, "multiply", a, '*', b, a * b)
                : item(draws, "multiply", b, '*', a, a * b);
    }

    /** One digit in 10 of 100 cases, two in 75, three in 15. */
    private static int operand(Draws draws) {
        int share = draws.below(100);
        if (share < 10) {
            return draws.between(1, 9);
        }
        return share < 85 ? draws.between(10, 99) : draws.between(100, 999);
    }

    private static Item item(Draws draws, String task, int a, char operator, int b, int result) {
        String prompt = String.format(Locale.ROOT, draws.pick(FORMS), a, String.valueOf(operator), b);
        return Item.of(task, prompt, Integer.toString(result));
    }
}

package io.retort.datasets.suites;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Three to five people compared in neighbouring pairs; an end of the order, or the whole of it, is asked. */
final class Ordering {

    private static final String TASK = "ordering";

    /** A comparative, its superlative and the superlative of its opposite. */
    private record Scale(String comparative, String most, String least) {}

    private static final List<Scale> SCALES = List.of(
            new Scale("taller", "tallest", "shortest"),
            new Scale("older", "oldest", "youngest"),
            new Scale("faster", "fastest", "slowest"));

    private Ordering() {}

    static Item draw(Draws draws) {
        List<String> order = draws.sample(Lexicon.NAMES, people(draws));
        Scale scale = draws.pick(SCALES);
        List<String> facts = new ArrayList<>();
        for (int i = 0; i + 1 < order.size(); i++) {
            facts.add(order.get(i) + " is " + scale.comparative() + " than " + order.get(i + 1) + ".");
        }
        String story = String.join(" ", draws.shuffled(facts)) + "\n";
        int kind = draws.below(10);
        if (kind < 3) {
            return Item.of(TASK, story + "Who is the " + scale.most() + "?\n", order.get(0));
        }
        if (kind < 6) {
            return Item.of(TASK, story + "Who is the " + scale.least() + "?\n", order.get(order.size() - 1));
        }
        if (kind < 9) {
            return Item.of(TASK, story + "List all from the " + scale.most() + ".\n", String.join(" ", order));
        }
        List<String> backwards = new ArrayList<>(order);
        Collections.reverse(backwards);
        return Item.of(TASK, story + "List all from the " + scale.least() + ".\n", String.join(" ", backwards));
    }

    /** Three people in half of all cases, four in 30 of 100, five in 20. */
    private static int people(Draws draws) {
        int share = draws.below(100);
        if (share < 50) {
            return 3;
        }
        return share < 80 ? 4 : 5;
    }
}

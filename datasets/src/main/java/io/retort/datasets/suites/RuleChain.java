package io.retort.datasets.suites;

import java.util.ArrayList;
import java.util.List;

/** Rules that turn one word into the next, applied so many times; the answer writes every step. */
final class RuleChain {

    private static final String TASK = "chain";
    private static final List<List<String>> WORDS = List.of(Lexicon.COLOURS, Lexicon.ANIMALS, Lexicon.OBJECTS);
    private static final List<String> VERBS = List.of("makes", "becomes", "brings", "wins");

    private RuleChain() {}

    static Item draw(Draws draws) {
        int steps = draws.between(2, 4);
        int spare = draws.between(1, 2);
        // The line of rules is longer than the steps asked, at either end, so that both start and count matter.
        List<String> words = draws.sample(draws.pick(WORDS), steps + spare + 1);
        String verb = draws.pick(VERBS);
        List<String> rules = new ArrayList<>();
        for (int i = 0; i + 1 < words.size(); i++) {
            rules.add(words.get(i) + " " + verb + " " + words.get(i + 1) + ".");
        }
        int start = draws.between(0, spare);
        String prompt = String.join(" ", draws.shuffled(rules)) + "\nStart with " + words.get(start) + ", " + steps
                + " steps.\n";
        return Item.of(TASK, prompt, String.join(" ", words.subList(start + 1, start + steps + 1)));
    }
}

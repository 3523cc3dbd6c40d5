package io.retort.datasets.suites;

import io.retort.datasets.corpus.Document;
import java.util.ArrayList;
import java.util.List;

/**
 * Stories with a recurring cast in which number, tense, gender and reference must agree over distance: whole stories
 * (free text), stories that lack their last word, and pairs of endings of which one is right.
 */
public final class LanguageSuite implements Suite {

    private static final String DOMAIN = "language";
    private static final List<String> TASKS = List.of("story", "cloze", "minimal-pair");

    private final Checker checker = new EndingAnswer(DOMAIN);

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
        Story story = new Story(draws);
        int share = draws.below(100);
        if (share < 50) {
            String text = String.join(" ", story.sentences(draws.between(4, 8)));
            return Item.of("story", "", text).in(DOMAIN);
        }
        List<String> sentences = new ArrayList<>(story.sentences(draws.between(2, 5)));
        Story.Ending ending = story.ending();
        sentences.add(ending.beginning());
        String beginning = String.join(" ", sentences);
        if (share < 85) {
            return Item.of("cloze", beginning + " ...\n", ending.word()).in(DOMAIN);
        }
        String good = ending.word() + ending.rest();
        String bad = ending.wrongWord() + ending.rest();
        List<String> choices = draws.percent(50) ? List.of(good, bad) : List.of(bad, good);
        return new Item("minimal-pair", beginning + "\n", good, choices).in(DOMAIN);
    }

    @Override
    public Checker checker() {
        return checker;
    }
}

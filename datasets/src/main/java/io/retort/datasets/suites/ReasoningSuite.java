package io.retort.datasets.suites;

import io.retort.datasets.corpus.Document;
import java.util.List;

/** State tracking, ordering and rule chains; the answer is a name, a place or a short list of words. */
public final class ReasoningSuite implements Suite {

    private static final String DOMAIN = "reasoning";
    private static final List<String> TASKS = List.of("tracking", "ordering", "chain");

    private final Checker checker = new ExactAnswer(DOMAIN);

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
        if (share < 40) {
            item = Tracking.draw(draws);
        } else if (share < 70) {
            item = Ordering.draw(draws);
        } else {
            item = RuleChain.draw(draws);
        }
        return item.in(DOMAIN);
    }

    @Override
    public Checker checker() {
        return checker;
    }
}

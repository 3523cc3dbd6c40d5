package io.retort.distill.teachers.training;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.suites.Suite;
import io.retort.datasets.suites.Suites;
import io.retort.distill.teachers.training.TeacherRecipe.Ingredient;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An endless stream of documents of one split, domains drawn by their shares. What stands at a position is a function of
 * seed and position alone, so a position is all that a checkpoint keeps of it.
 */
final class DocumentStream {
    private final List<Ingredient> mixture;
    private final List<Suite> suites;
    private final Split split;
    private final long seed;
    private long position;

    DocumentStream(List<Ingredient> mixture, Split split, long seed, long position) {
        this.mixture = List.copyOf(mixture);
        this.suites = mixture.stream()
                .map(ingredient -> Suites.named(ingredient.domain()))
                .toList();
        this.split = split;
        this.seed = seed;
        this.position = position;
    }

    /**
     * A document and where it comes from.
     *
     * @param ingredient index of its domain in the mixture
     */
    record Drawn(int ingredient, Document document) {}

    /** Where the next draw begins. */
    long position() {
        return position;
    }

    /** The next document of the split. */
    Drawn next() {
        while (true) {
            long at = position++;
            int ingredient = ingredientAt(at);
            Document document = suites.get(ingredient).document(seed, at);
            if (document.split() == split) {
                return new Drawn(ingredient, document);
            }
        }
    }

    private int ingredientAt(long at) {
        double total = mixture.stream().mapToDouble(Ingredient::share).sum();
        double drawn = new SplittableRandom(seed ^ 0x9E3779B97F4A7C15L * (at + 1)).nextDouble() * total;
        for (int i = 0; i < mixture.size() - 1; i++) {
            drawn -= mixture.get(i).share();
            if (drawn < 0) {
                return i;
            }
        }
        return mixture.size() - 1;
    }
}

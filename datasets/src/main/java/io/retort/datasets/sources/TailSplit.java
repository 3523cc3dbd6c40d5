package io.retort.datasets.sources;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A split by place in a file: its last bytes are the test split, those before them the validation split. What is told of a
 * text's last tenth is told in this way.
 *
 * @param validation share of a file's bytes, above 0
 * @param test share of a file's bytes, above 0; both together are below 1
 */
public record TailSplit(double validation, double test) {
    public TailSplit {
        if (!(validation > 0 && test > 0 && validation + test < 1)) {
            throw new IllegalArgumentException(
                    "expected positive shares of validation and test that leave something to train on, found "
                            + validation + " and " + test);
        }
    }

    /**
     * The documents of a file, in its order, each in the split that its place says. One across a border is in the later
     * split, so that nothing of a tail is learnt from.
     */
    List<Document> of(List<Document> documents) {
        long all = 0;
        for (Document document : documents) {
            all += bytes(document);
        }
        double testFrom = (1 - test) * all;
        double validationFrom = (1 - test - validation) * all;
        List<Document> placed = new ArrayList<>();
        long end = 0;
        for (Document document : documents) {
            end += bytes(document);
            Split split = end > testFrom ? Split.TEST : end > validationFrom ? Split.VALIDATION : Split.TRAIN;
            placed.add(document.in(split));
        }
        return placed;
    }

    private static int bytes(Document document) {
        return document.text().getBytes(StandardCharsets.UTF_8).length;
    }
}

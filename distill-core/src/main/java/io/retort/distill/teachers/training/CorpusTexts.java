package io.retort.distill.teachers.training;

import io.retort.datasets.corpus.CorpusFile;
import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.DocumentFileReader;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.datasets.suites.Checker;
import io.retort.datasets.suites.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;

/**
 * The documents of a prepared corpus, all in memory. The train split comes in a new order in every epoch; the others in
 * theirs. An answer is right if it equals the document's.
 */
public final class CorpusTexts implements TrainingTexts {
    private static final long EPOCH_PRIME = 0x9E3779B97F4A7C15L;

    private final String where;
    private final String id;
    private final Map<String, Map<Split, List<Document>>> documents;

    private CorpusTexts(String where, String id, Map<String, Map<Split, List<Document>>> documents) {
        this.where = where;
        this.id = id;
        this.documents = documents;
    }

    /**
     * Reads a finished corpus.
     *
     * @throws io.retort.datasets.InvalidDataException if it is damaged
     */
    public static CorpusTexts read(Storage storage, Location corpus) throws IOException {
        CorpusManifest manifest = CorpusManifest.read(storage, corpus);
        Map<String, Map<Split, List<Document>>> documents = new TreeMap<>();
        for (String domain : manifest.domains()) {
            Map<Split, List<Document>> splits = new EnumMap<>(Split.class);
            for (Split split : Split.values()) {
                List<Document> all = new ArrayList<>();
                for (CorpusFile file : manifest.files(domain, split)) {
                    all.addAll(DocumentFileReader.readAll(storage, corpus.resolve(file.path())));
                }
                splits.put(split, List.copyOf(all));
            }
            documents.put(domain, splits);
        }
        return new CorpusTexts(corpus.value(), manifest.id(), documents);
    }

    private List<Document> of(String domain, Split split) {
        Map<Split, List<Document>> splits = documents.get(domain);
        if (splits == null) {
            throw new IllegalArgumentException(
                    "expected a domain of corpus " + where + ", which are " + documents.keySet() + ", found " + domain);
        }
        return splits.getOrDefault(split, List.of());
    }

    @Override
    public DocumentStream stream(String domain, Split split, long seed, long position) {
        List<Document> all = of(domain, split);
        if (all.isEmpty() && split == Split.TRAIN) {
            throw new IllegalArgumentException(
                    "expected documents of " + domain + " to train on in corpus " + where + ", found none");
        }
        return new DocumentStream(new Epochs(all, split == Split.TRAIN, seed)::document, split, position);
    }

    /** One order after the other. Belongs to one thread. */
    private static final class Epochs {
        private final List<Document> all;
        private final boolean shuffled;
        private final long seed;
        private long epoch = -1;
        private List<Document> order = List.of();

        Epochs(List<Document> all, boolean shuffled, long seed) {
            this.all = all;
            this.shuffled = shuffled;
            this.seed = seed;
        }

        Document document(long position) {
            if (!shuffled) {
                return all.get((int) (position % all.size()));
            }
            if (position / all.size() != epoch) {
                epoch = position / all.size();
                order = new ArrayList<>(all);
                Collections.shuffle(order, new Random(seed * EPOCH_PRIME + epoch));
            }
            return order.get((int) (position % all.size()));
        }
    }

    @Override
    public OptionalInt size(String domain, Split split) {
        return OptionalInt.of(of(domain, split).size());
    }

    @Override
    public Checker checker(String domain) {
        return (document, produced) -> produced.strip().equals(document.answer().strip())
                ? Verdict.right()
                : Verdict.wrong("expected the reference answer");
    }

    @Override
    public String identity() {
        return "corpus " + id;
    }
}

package io.retort.jobs.evaluate;

import io.retort.datasets.corpus.CorpusFile;
import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.DocumentFileReader;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.controls.KneserNeyByteModel;
import io.retort.inference.scoring.ScoringModel;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The byte n-gram control of each domain, fitted once a process to a sample of the domain's train split. */
final class Ngrams {
    private static final ConcurrentMap<Location, ScoringModel> FITTED = new ConcurrentHashMap<>();

    /** Where the last eight of an id's digits begin. */
    private static final int LAST_DIGITS = 24;

    private Ngrams() {}

    static ScoringModel of(StorageSettings storageSettings, Location corpus, String domain, EvaluateOptions options) {
        Location key = corpus.resolve(domain + "-" + options.ngramOrder() + "-" + options.ngramBytes());
        return FITTED.computeIfAbsent(key, k -> {
            try {
                return fit(storageSettings.open(), corpus, domain, options);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static ScoringModel fit(Storage storage, Location corpus, String domain, EvaluateOptions options)
            throws IOException {
        List<CorpusFile> files = CorpusManifest.read(storage, corpus).files(domain, Split.TRAIN);
        double share = (double) options.ngramBytes()
                / Math.max(1, files.stream().mapToLong(CorpusFile::textBytes).sum());
        List<String> texts = new ArrayList<>();
        long bytes = 0;
        for (CorpusFile file : files) {
            try (DocumentFileReader reader = new DocumentFileReader(storage, corpus.resolve(file.path()))) {
                for (Optional<Document> next = reader.next();
                        next.isPresent() && bytes < options.ngramBytes();
                        next = reader.next()) {
                    if (isSampled(next.get(), share)) {
                        String text = next.get().text();
                        texts.add(text);
                        bytes += text.length();
                    }
                }
            }
        }
        return KneserNeyByteModel.fit(texts.iterator(), options.ngramOrder(), options.ngramBytes())
                .scoring();
    }

    /** The last digits of an id are evenly distributed, whatever documents were chosen by the first. */
    private static boolean isSampled(Document document, double share) {
        return Long.parseLong(document.id().substring(LAST_DIGITS), 16) < share * (1L << 32);
    }
}

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

/** The byte n-gram control of each domain, fitted once a process to the beginning of the domain's train split. */
final class Ngrams {
    private static final ConcurrentMap<Location, ScoringModel> FITTED = new ConcurrentHashMap<>();

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
        List<String> texts = new ArrayList<>();
        long bytes = 0;
        for (CorpusFile file : CorpusManifest.read(storage, corpus).files(domain, Split.TRAIN)) {
            try (DocumentFileReader reader = new DocumentFileReader(storage, corpus.resolve(file.path()))) {
                for (Optional<Document> next = reader.next();
                        next.isPresent() && bytes < options.ngramBytes();
                        next = reader.next()) {
                    String text = next.get().text();
                    texts.add(text);
                    bytes += text.length();
                }
            }
        }
        return KneserNeyByteModel.fit(texts.iterator(), options.ngramOrder(), options.ngramBytes())
                .scoring();
    }
}

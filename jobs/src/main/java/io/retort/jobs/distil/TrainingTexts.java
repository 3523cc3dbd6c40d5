package io.retort.jobs.distil;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.CorpusFile;
import io.retort.datasets.corpus.CorpusLayout;
import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.DocumentFileReader;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.students.DocumentSource;
import io.retort.distill.students.TrainingDocument;
import io.retort.distill.targets.MappedDocuments;
import io.retort.jobs.align.ByteManifest;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What experts learn from. */
public sealed interface TrainingTexts extends Serializable {
    /** Where it is. */
    Location directory();

    /** What it is made from, by its id. */
    String id();

    /**
     * Requires that there is something for every expert to learn, which is better said before than in a task.
     *
     * @throws IllegalArgumentException naming a domain without training documents, or the command that makes the texts
     */
    void requireDocuments(Storage storage, List<ExpertSpec> experts) throws IOException;

    /** The documents of a domain's split, perhaps none. */
    Opened open(Storage storage, String domain, Split split) throws IOException;

    /** Documents, and what is to be closed after them. */
    record Opened(DocumentSource documents, Closeable held) implements Closeable {
        @Override
        public void close() throws IOException {
            held.close();
        }
    }

    private static void require(boolean there, ExpertSpec expert, Location directory) {
        if (!there) {
            throw new IllegalArgumentException(
                    "expected documents of domain " + expert.domain() + " to train on, found none in " + directory);
        }
    }

    /** Documents with what the teacher expects at each of their bytes. */
    record Taught(Location directory, String id) implements TrainingTexts {
        @Override
        public void requireDocuments(Storage storage, List<ExpertSpec> experts) throws IOException {
            ByteManifest manifest = ByteManifest.read(storage, directory);
            for (ExpertSpec expert : experts) {
                require(!manifest.files(expert.domain(), Split.TRAIN).isEmpty(), expert, directory);
            }
        }

        @Override
        public Opened open(Storage storage, String domain, Split split) throws IOException {
            ByteManifest manifest = ByteManifest.read(storage, directory);
            MappedDocuments documents = TargetFiles.open(storage, directory, manifest.files(domain, split));
            return new Opened(documents, documents::close);
        }
    }

    /** The documents of a corpus by themselves. */
    record Untaught(Location directory, String id) implements TrainingTexts {
        @Override
        public void requireDocuments(Storage storage, List<ExpertSpec> experts) throws IOException {
            if (!storage.exists(directory.resolve(CorpusLayout.MANIFEST))) {
                throw new IllegalArgumentException("expected a finished corpus at " + directory
                        + "; make it by retort prepare with the same settings");
            }
            CorpusManifest manifest = CorpusManifest.read(storage, directory);
            for (ExpertSpec expert : experts) {
                require(manifest.documents(expert.domain(), Split.TRAIN) > 0, expert, directory);
            }
        }

        @Override
        public Opened open(Storage storage, String domain, Split split) throws IOException {
            List<TrainingDocument> documents = new ArrayList<>();
            for (CorpusFile file : CorpusManifest.read(storage, directory).files(domain, split)) {
                Location location = directory.resolve(file.path());
                String found = storage.sha256(location);
                if (!found.equals(file.sha256())) {
                    throw new InvalidDataException(
                            "expected " + location + " to have SHA-256 " + file.sha256() + ", found " + found);
                }
                DocumentFileReader.readAll(storage, location).forEach(document -> documents.add(untaught(document)));
            }
            return new Opened(DocumentSource.of(documents), () -> {});
        }

        private static TrainingDocument untaught(Document document) {
            return TrainingDocument.of(
                    document.text().getBytes(StandardCharsets.UTF_8),
                    document.prompt().getBytes(StandardCharsets.UTF_8).length);
        }
    }
}

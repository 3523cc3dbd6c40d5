package io.retort.jobs.teach;

import com.typesafe.config.Config;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.DocumentOutline;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.ParquetRows;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.corpora.DocumentChoice;
import io.retort.jobs.corpora.WeightedChoice;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.example.data.Group;

/**
 * Weights by which training documents are drawn, as {@code retort analyze generate-training-data} writes them.
 *
 * @param files Parquet files with columns {@code document_id} and {@code weight}; none where every document is taken
 * @param digests SHA-256 of each
 * @param share of each weighted domain's training documents to draw
 */
public record WeightFiles(List<String> files, List<String> digests, double share) {
    private static final String ID = "document_id";
    private static final String WEIGHT = "weight";
    /** Weights have a mean of about 1; a document with less than this is never drawn anyway. */
    private static final double SMALLEST = 1e-6;

    public WeightFiles {
        files = List.copyOf(files);
        digests = List.copyOf(digests);
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "expected retort.teach.weights.share above 0 and at most 1, found " + share);
        }
    }

    /**
     * What the settings name.
     *
     * @throws IllegalArgumentException if a file is not there
     */
    static WeightFiles of(Config teach) {
        List<String> files = teach.getStringList("weights.files");
        List<String> digests = new ArrayList<>();
        Storage storage = StorageSettings.ofProcess().open();
        for (String file : files) {
            try {
                if (!storage.exists(Location.of(file))) {
                    throw new IllegalArgumentException(
                            "expected a file of weights (retort.teach.weights.files), found nothing at " + file);
                }
                digests.add(storage.sha256(Location.of(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(file + ": " + e.getMessage(), e);
            }
        }
        return new WeightFiles(files, digests, teach.getDouble("weights.share"));
    }

    /**
     * The documents that they draw.
     *
     * @throws InvalidDataException if a file does not hold weights, or two have one document
     */
    DocumentChoice choice(Storage storage, long seed) throws IOException {
        if (files.isEmpty()) {
            return DocumentChoice.ALL;
        }
        Map<WeightedChoice.Id, Double> weights = new HashMap<>();
        for (String file : files) {
            try (ParquetRows rows = new ParquetRows(storage, Location.of(file))) {
                for (Optional<Group> row = rows.next(); row.isPresent(); row = rows.next()) {
                    read(row.get(), rows.place(), weights);
                }
            }
        }
        return new WeightedChoice(weights, share, seed);
    }

    /** What is drawn, in words, where anything is. */
    Optional<String> line() {
        return files.isEmpty()
                ? Optional.empty()
                : Optional.of("training documents: " + Figures.share(share) + " of each domain that has weights in "
                        + String.join(", ", files) + ", drawn by them");
    }

    private static void read(Group row, String place, Map<WeightedChoice.Id, Double> weights) {
        try {
            DocumentOutline id = DocumentOutline.of(row.getString(ID, 0), 0);
            double weight = row.getDouble(WEIGHT, 0);
            if (!(weight >= SMALLEST && weight <= 1 / SMALLEST)) {
                throw new IllegalArgumentException(
                        "expected a weight of " + SMALLEST + " to " + 1 / SMALLEST + ", found " + weight);
            }
            if (weights.put(new WeightedChoice.Id(id.idHigh(), id.idLow()), weight) != null) {
                throw new IllegalArgumentException(
                        "expected each document once, found " + row.getString(ID, 0) + " again");
            }
        } catch (RuntimeException e) {
            // Parquet answers a column that is not there, or of another type, with whatever it ran into.
            throw new InvalidDataException(
                    "expected " + ID + " and " + WEIGHT + " of a training document at " + place + ": " + e.getMessage(),
                    e);
        }
    }
}

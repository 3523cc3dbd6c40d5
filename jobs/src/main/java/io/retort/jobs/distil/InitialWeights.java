package io.retort.jobs.distil;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.analysis.GatedWeights;
import io.retort.distill.students.InitialFeedForward;
import io.retort.distill.students.InitialStudent;
import io.retort.inference.digests.Sha256;
import io.retort.jobs.analyze.MicroExpertFiles;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What students begin with.
 *
 * @param file of a micro-expert that every executor can read; empty where there is none
 * @param expert the directory of a trained expert of the same shape, with all of which they begin; empty where there is none
 * @param digest of the file, or the expert's id; empty where all first weights are drawn
 */
public record InitialWeights(String file, String expert, String digest) implements Serializable {
    /** All first weights are drawn. */
    public static final InitialWeights DRAWN = new InitialWeights("", "", "");

    /** Branching from one expert that was trained before, as in "Branch-Train-Merge" (Li et al. 2022). */
    public static InitialWeights of(DistilSpec spec, ExpertSpec expert) {
        return new InitialWeights("", spec.directory(expert).value(), spec.expertId(expert));
    }

    /**
     * The weights in a file, or none where it is empty.
     *
     * @throws IllegalArgumentException if an expert's student cannot begin with them
     */
    static InitialWeights of(String file, List<ExpertSpec> experts) {
        if (file.isEmpty()) {
            return DRAWN;
        }
        Path path = Path.of(file);
        InitialFeedForward initial = read(path);
        for (ExpertSpec expert : experts) {
            try {
                initial.requireFits(expert.shape().student());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        file + " (retort.distil.init-from) does not fit expert " + expert.name() + ": "
                                + e.getMessage() + "; extract it with that --width and --hidden, or name fewer"
                                + " retort.domains",
                        e);
            }
        }
        try {
            return new InitialWeights(path.toAbsolutePath().toString(), "", Sha256.hex(path));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }

    private static InitialFeedForward read(Path path) {
        GatedWeights weights = MicroExpertFiles.read(path);
        return new InitialFeedForward(weights.model(), weights.hidden(), weights.gate(), weights.up(), weights.down());
    }

    /**
     * The expert that students begin with.
     *
     * @throws InvalidDataException if it is damaged
     */
    Optional<InitialStudent> student(Storage storage) throws IOException {
        return expert.isEmpty()
                ? Optional.empty()
                : Optional.of(new InitialStudent(
                        ExpertFiles.read(storage, Location.of(expert)).weights()));
    }

    /**
     * The network that a student's last feed-forward network begins with.
     *
     * @throws InvalidDataException if the file is no longer what it was
     */
    Optional<InitialFeedForward> feedForward() throws IOException {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        String found = Sha256.hex(Path.of(file));
        if (!found.equals(digest)) {
            throw new InvalidDataException("expected " + file + " to have SHA-256 " + digest + ", found " + found);
        }
        return Optional.of(read(Path.of(file)));
    }
}

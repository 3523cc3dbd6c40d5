package io.retort.jobs.distil;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.inference.digests.Sha256;
import io.retort.inference.json.JsonException;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.students.StudentFamilies;
import io.retort.inference.students.StudentShape;
import io.retort.inference.tensors.SafetensorsException;
import io.retort.inference.tensors.SafetensorsReader;
import io.retort.inference.tensors.Tensor;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.util.Map;

/** The files of one expert in its directory. */
public final class ExpertFiles {
    static final String WEIGHTS = "model.safetensors";
    static final String CONFIG = "config.json";
    private static final int LARGEST_WEIGHTS = 1 << 30;
    private static final int LARGEST_CONFIG = 1 << 20;

    private ExpertFiles() {}

    /**
     * A trained expert.
     *
     * @param report what its training gave
     * @param config its shape
     * @param weights by name
     */
    public record StoredExpert(ExpertReport report, StudentShape config, Map<String, Tensor> weights) {}

    /** Whether an expert's training came to its end. */
    public static boolean finished(Storage storage, Location directory) throws IOException {
        return storage.exists(directory.resolve(ExpertReport.FILE_NAME));
    }

    /** What a finished training gave. */
    public static ExpertReport report(Storage storage, Location directory) throws IOException {
        return Json.read(storage, directory.resolve(ExpertReport.FILE_NAME), ExpertReport.class);
    }

    /**
     * Reads an expert and checks its weights against its report.
     *
     * @throws InvalidDataException if a file is damaged
     */
    public static StoredExpert read(Storage storage, Location directory) throws IOException {
        ExpertReport report = report(storage, directory);
        Location weightsFile = directory.resolve(WEIGHTS);
        byte[] weights = storage.read(weightsFile, LARGEST_WEIGHTS);
        String digest = Sha256.hex(weights);
        if (!digest.equals(report.weightsDigest())) {
            throw new InvalidDataException(
                    "expected " + weightsFile + " to have SHA-256 " + report.weightsDigest() + ", found " + digest);
        }
        try {
            Location configFile = directory.resolve(CONFIG);
            if (!(JsonParser.parse(storage.read(configFile, LARGEST_CONFIG)) instanceof JsonObject json)) {
                throw new InvalidDataException("expected a JSON object in " + configFile);
            }
            return new StoredExpert(report, StudentFamilies.read(json), SafetensorsReader.read(weights));
        } catch (JsonException | SafetensorsException | IllegalArgumentException e) {
            throw new InvalidDataException("expected an expert in " + directory + ": " + e.getMessage(), e);
        }
    }
}

package io.retort.jobs.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.Checksums;
import io.retort.inference.digests.Sha256;
import io.retort.jobs.registry.ModelVersion;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reports and bundles of versions, fetched from the server once and kept in the workspace under their digests. Nothing is
 * unpacked or opened that has not the digest which the version is known by.
 */
record VersionFiles(MlflowServer server, Storage storage, Workspace workspace) {
    private static final long LARGEST_REPORT = 1L << 30;

    /** The directory of a version's report. */
    Location report(ModelVersion version) throws IOException, InterruptedException {
        if (version.reportDigest().isEmpty()) {
            throw new InvalidDataException("expected the digest of its report as tag " + ListedVersions.REPORT_DIGEST
                    + " of " + version.label() + " in " + server.url()
                    + ", found none; delete this version there and publish its bundle again");
        }
        Location directory = kept("reports", version.reportDigest());
        if (!storage.exists(directory.resolve("results.json"))) {
            String run = told(version).path("run_id").asText();
            String root = server.get("runs/get", Map.of("run_id", run))
                    .path("run")
                    .path("info")
                    .path("artifact_uri")
                    .asText();
            Path zipped = Files.createTempFile("retort-report", ".zip");
            try {
                server.read(root, MlflowRegistry.REPORT, zipped, LARGEST_REPORT);
                require(version.reportDigest(), Sha256.hex(zipped), version, MlflowRegistry.REPORT);
                ZippedReport.STANDARD.unpack(zipped, storage, directory);
            } finally {
                Files.delete(zipped);
            }
        }
        return directory;
    }

    /** The directory of a version's bundle. */
    Location bundle(ModelVersion version) throws IOException, InterruptedException {
        Location directory = kept("bundles", version.digest());
        Location checksums = directory.resolve(BundleNames.CHECKSUMS);
        if (!storage.exists(checksums) || !storage.sha256(checksums).equals(version.digest())) {
            String model = told(version).path("source").asText().replaceFirst("^models:/", "");
            String root = server.get("logged-models/" + model, Map.of())
                    .path("model")
                    .path("info")
                    .path("artifact_uri")
                    .asText();
            Path file = Files.createTempFile("retort-bundle", ".part");
            try {
                fetch(version, root, directory, file);
            } finally {
                Files.delete(file);
            }
        }
        return directory;
    }

    private void fetch(ModelVersion version, String root, Location directory, Path file)
            throws IOException, InterruptedException {
        long left = BundleNames.MAX_TOTAL_BYTES;
        left -= read(root, BundleNames.CHECKSUMS, file, left);
        require(version.digest(), Sha256.hex(file), version, BundleNames.CHECKSUMS);
        byte[] checksums = Files.readAllBytes(file);
        for (Map.Entry<String, String> entry :
                Checksums.parse(checksums).digests().entrySet()) {
            left -= read(root, entry.getKey(), file, left);
            require(entry.getValue(), Sha256.hex(file), version, entry.getKey());
            store(file, directory.resolve(entry.getKey()));
        }
        if (server.has(root, ModelFiles.BUNDLE + "/" + BundleNames.SIGNATURE)) {
            read(root, BundleNames.SIGNATURE, file, left);
            store(file, directory.resolve(BundleNames.SIGNATURE));
        }
        // Says that all is there.
        storage.write(directory.resolve(BundleNames.CHECKSUMS), checksums);
    }

    private long read(String root, String path, Path file, long left) throws IOException, InterruptedException {
        server.read(root, ModelFiles.BUNDLE + "/" + path, file, Math.min(left, BundleNames.mostBytes(path)));
        return Files.size(file);
    }

    private void store(Path file, Location to) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            storage.write(to, in);
        }
    }

    private Location kept(String kind, String digest) {
        return workspace.root().resolve("mlflow/" + kind + "/" + digest);
    }

    private JsonNode told(ModelVersion version) throws IOException, InterruptedException {
        return server.get(
                        "model-versions/get",
                        Map.of("name", version.model(), "version", String.valueOf(version.version())))
                .path("model_version");
    }

    private void require(String expected, String found, ModelVersion version, String file) {
        if (!found.equals(expected)) {
            throw new InvalidDataException("expected " + file + " of " + version.label() + " in " + server.url()
                    + " to have SHA-256 " + expected + ", found " + found + ": it was changed since it was published");
        }
    }
}

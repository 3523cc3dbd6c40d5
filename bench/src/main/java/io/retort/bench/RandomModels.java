package io.retort.bench;

import io.retort.distill.bundling.BundleDraft;
import io.retort.distill.bundling.DraftDocuments;
import io.retort.distill.bundling.DraftExpert;
import io.retort.inference.Retort;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleIdentity;
import io.retort.inference.bundles.BundleManifest;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.BundleSource;
import io.retort.inference.bundles.Expert;
import io.retort.inference.bundles.ExpertEntry;
import io.retort.inference.bundles.ExpertFile;
import io.retort.inference.bundles.FileEntry;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.RouterEntry;
import io.retort.inference.bundles.RuntimeVersion;
import io.retort.inference.routing.PromptFeatures;
import io.retort.inference.routing.Router;
import io.retort.inference.routing.RouterConfig;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.RecurrentAttentionStudent;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.tensors.SafetensorsWriter;
import io.retort.inference.tensors.StoredType;
import io.retort.inference.tensors.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Models of the sizes that are shipped, with random weights: speed does not depend on what they learnt. */
public final class RandomModels {
    private static final BundleIdentity IDENTITY =
            new BundleIdentity("bench", RuntimeVersion.CURRENT, "Apache-2.0", RuntimeVersion.CURRENT);

    private RandomModels() {}

    /** The student that a budget of parameters affords. */
    static RecurrentAttentionStudent student(long budget, long seed) {
        StudentConfig config = config(budget);
        return config.open(tensors(config, seed));
    }

    private static StudentConfig config(long budget) {
        return StudentConfig.fitting(Alphabet.SIZE, budget, Positions.FORGET);
    }

    private static Map<String, Tensor> tensors(StudentConfig config, long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        config.tensorShapes().forEach((name, shape) -> {
            float[] values = new float[(int) Tensor.elements(shape)];
            double scale = 1 / Math.sqrt(shape[0]);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * scale);
            }
            tensors.put(name, new Tensor(name, shape, values));
        });
        return tensors;
    }

    /** A runtime of three experts of one size that share every prompt alike. */
    static Retort retort(long budget) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        return new Retort(bundle(List.of("a", "b", "c"), budget, files, new MemoryBundleSource(files)));
    }

    /**
     * Writes a bundle of experts of one size below a directory.
     *
     * @param experts how many, {@code e0} and so on
     */
    public static void write(Path directory, int experts, long budget) throws IOException {
        StudentConfig config = config(budget);
        List<DraftExpert> drafts = new ArrayList<>();
        for (int e = 0; e < experts; e++) {
            String id = "e" + e;
            drafts.add(new DraftExpert(
                    id, id, config, List.copyOf(tensors(config, id.hashCode()).values())));
        }
        byte[] nothing = "{}\n".getBytes(StandardCharsets.US_ASCII);
        BundleDraft draft = new BundleDraft(
                IDENTITY,
                drafts,
                router(drafts.stream().map(DraftExpert::id).toList()),
                StoredType.INT8,
                new DraftDocuments(nothing, nothing, nothing));
        for (Map.Entry<String, byte[]> file : draft.files().entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    /** Puts the experts' weights, as bundles store them by default, into {@code files}, which {@code source} will read. */
    private static Bundle bundle(List<String> ids, long budget, Map<String, byte[]> files, BundleSource source) {
        List<Expert> experts = new ArrayList<>();
        List<ExpertEntry> entries = new ArrayList<>();
        StudentConfig config = config(budget);
        for (String id : ids) {
            byte[] file = SafetensorsWriter.write(tensors(config, id.hashCode()).values(), StoredType.INT8, Map.of());
            FileEntry weights = FileEntry.of(BundleNames.weights(id), file);
            files.put(weights.path(), file);
            experts.add(new Expert(
                    id,
                    id,
                    config,
                    new ExpertFile(source, weights.path(), weights.sha256(), file.length),
                    student(budget, id.hashCode()).memoryBytes()));
            entries.add(new ExpertEntry(
                    id,
                    id,
                    config.family(),
                    config.parameterCount(),
                    weights,
                    FileEntry.of(BundleNames.config(id), new byte[0])));
        }
        Router router = router(ids);
        BundleManifest manifest = new BundleManifest(
                IDENTITY,
                entries,
                new RouterEntry(
                        router.config().parameterCount(),
                        FileEntry.of(BundleNames.ROUTER_WEIGHTS, new byte[0]),
                        FileEntry.of(BundleNames.ROUTER_CONFIG, new byte[0])),
                List.of(
                        FileEntry.of(BundleNames.EVALUATION, new byte[0]),
                        FileEntry.of(BundleNames.MODEL_CARD, new byte[0]),
                        FileEntry.of(BundleNames.PROVENANCE, new byte[0])));
        return new Bundle(manifest, "0".repeat(64), experts, router);
    }

    private static Router router(List<String> ids) {
        RouterConfig config = new RouterConfig(ids, new PromptFeatures(512, 256), 16, 3);
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        int[][] shapes = {{16, 512}, {16}, {ids.size(), 16}, {ids.size()}};
        String[] names = {Router.HIDDEN_WEIGHT, Router.HIDDEN_BIAS, Router.OUTPUT_WEIGHT, Router.OUTPUT_BIAS};
        for (int t = 0; t < names.length; t++) {
            zeros.put(names[t], new Tensor(names[t], shapes[t], new float[(int) Tensor.elements(shapes[t])]));
        }
        return new Router(config, zeros);
    }
}

package io.retort.inference.bundles;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.routing.PromptFeatures;
import io.retort.inference.routing.Router;
import io.retort.inference.routing.RouterConfig;
import io.retort.inference.routing.RouterConfigJson;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.RecurrentAttentionStudent;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentShape;
import io.retort.inference.tensors.SafetensorsWriter;
import io.retort.inference.tensors.StoredType;
import io.retort.inference.tensors.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Small bundles of random students, made file by file so that a test can spoil any of it. */
public final class TinyBundle {
    private TinyBundle() {}

    /** A config of the smallest sensible size. */
    public static StudentConfig config() {
        return StudentConfig.of(Alphabet.SIZE, 4, 3, Positions.FORGET);
    }

    /** Random weights of a shape; the same seed gives the same. */
    public static Map<String, Tensor> weights(StudentShape shape, long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        shape.tensorShapes().forEach((name, extents) -> {
            float[] values = new float[(int) Tensor.elements(extents)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            tensors.put(name, new Tensor(name, extents, values));
        });
        return tensors;
    }

    /** A student with random weights. */
    public static RecurrentAttentionStudent student(long seed) {
        return config().open(weights(config(), seed));
    }

    /** A random router for these experts. */
    public static Router router(List<String> experts, long seed) {
        RouterConfig config = new RouterConfig(experts, new PromptFeatures(16, 8), 2, 3);
        Random random = new Random(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int[][] shapes = {{2, 16}, {2}, {experts.size(), 2}, {experts.size()}};
        String[] names = {Router.HIDDEN_WEIGHT, Router.HIDDEN_BIAS, Router.OUTPUT_WEIGHT, Router.OUTPUT_BIAS};
        for (int t = 0; t < 4; t++) {
            float[] values = new float[(int) Tensor.elements(shapes[t])];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            tensors.put(names[t], new Tensor(names[t], shapes[t], values));
        }
        return new Router(config, tensors);
    }

    /** All files of a bundle with these experts; expert i has the weights of seed i. */
    public static SortedMap<String, byte[]> files(List<String> experts) {
        return files(experts, Collections.nCopies(experts.size(), config()));
    }

    /** All files of a bundle with these experts of these shapes; expert i has the weights of seed i. */
    public static SortedMap<String, byte[]> files(List<String> experts, List<? extends StudentShape> shapes) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < experts.size(); i++) {
            String id = experts.get(i);
            files.put(BundleNames.config(id), JsonWriter.indented(shapes.get(i).toJson()));
            files.put(
                    BundleNames.weights(id),
                    SafetensorsWriter.write(weights(shapes.get(i), i).values(), StoredType.F32, Map.of()));
        }
        Router router = router(experts, 77);
        files.put(BundleNames.ROUTER_CONFIG, JsonWriter.indented(RouterConfigJson.write(router.config())));
        files.put(BundleNames.ROUTER_WEIGHTS, SafetensorsWriter.write(router.tensors(), StoredType.F32, Map.of()));
        files.put(BundleNames.EVALUATION, "{}\n".getBytes(StandardCharsets.UTF_8));
        files.put(BundleNames.MODEL_CARD, "# tiny\n".getBytes(StandardCharsets.UTF_8));
        files.put(BundleNames.PROVENANCE, "{}\n".getBytes(StandardCharsets.UTF_8));
        return seal(files, experts, shapes);
    }

    /** Writes manifest and checksums anew, so that only what a test spoilt is wrong. */
    public static SortedMap<String, byte[]> seal(SortedMap<String, byte[]> files, List<String> experts) {
        return seal(files, experts, Collections.nCopies(experts.size(), config()));
    }

    /** The same of experts of these shapes. */
    public static SortedMap<String, byte[]> seal(
            SortedMap<String, byte[]> files, List<String> experts, List<? extends StudentShape> shapes) {
        List<ExpertEntry> entries = new ArrayList<>();
        for (int i = 0; i < experts.size(); i++) {
            String id = experts.get(i);
            entries.add(new ExpertEntry(
                    id,
                    id,
                    shapes.get(i).family(),
                    shapes.get(i).parameterCount(),
                    entry(files, BundleNames.weights(id)),
                    entry(files, BundleNames.config(id))));
        }
        RouterEntry router = new RouterEntry(
                router(experts, 77).config().parameterCount(),
                entry(files, BundleNames.ROUTER_WEIGHTS),
                entry(files, BundleNames.ROUTER_CONFIG));
        BundleManifest manifest = new BundleManifest(
                new BundleIdentity("tiny", SemanticVersion.parse("1.0.0"), "Apache-2.0", RuntimeVersion.CURRENT),
                entries,
                router,
                List.of(
                        entry(files, BundleNames.EVALUATION),
                        entry(files, BundleNames.MODEL_CARD),
                        entry(files, BundleNames.PROVENANCE)));
        files.put(BundleNames.MANIFEST, JsonWriter.indented(BundleManifestJson.write(manifest)));
        return sum(files);
    }

    /** Writes the checksums anew and leaves the manifest as it is. */
    public static SortedMap<String, byte[]> sum(SortedMap<String, byte[]> files) {
        files.remove(BundleNames.CHECKSUMS);
        SortedMap<String, String> digests = new TreeMap<>();
        for (String path : files.keySet()) {
            digests.put(path, entry(files, path).sha256());
        }
        files.put(BundleNames.CHECKSUMS, new Checksums(digests).toBytes());
        return files;
    }

    private static FileEntry entry(SortedMap<String, byte[]> files, String path) {
        return FileEntry.of(path, files.getOrDefault(path, new byte[0]));
    }

    /** Writes the files below {@code directory}, which is returned. */
    public static Path write(SortedMap<String, byte[]> files, Path directory) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return directory;
    }
}

package io.retort.jobs.tasks;

import io.retort.distill.bundling.BundleDraft;
import io.retort.distill.bundling.BundleWriter;
import io.retort.distill.bundling.DraftDocuments;
import io.retort.distill.bundling.DraftExpert;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.bundles.BundleIdentity;
import io.retort.inference.bundles.RuntimeVersion;
import io.retort.inference.routing.PromptFeatures;
import io.retort.inference.routing.Router;
import io.retort.inference.routing.RouterConfig;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentTensors;
import io.retort.inference.tensors.StoredType;
import io.retort.inference.tensors.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A bundle of experts with random weights: what is compared does not depend on what they learnt. */
final class TinyBundle {
    private static final StudentConfig CONFIG = StudentConfig.fitting(Alphabet.SIZE, 6000, Positions.FORGET);

    private TinyBundle() {}

    /** Its directory. */
    static Path in(Path root) throws IOException {
        List<String> ids = List.of("one", "two", "three");
        List<DraftExpert> experts = new ArrayList<>();
        for (String id : ids) {
            experts.add(new DraftExpert(id, id, CONFIG, weights(new Random(id.hashCode()))));
        }
        DraftDocuments documents = new DraftDocuments(bytes("{\"retention\":{}}\n"), bytes("# tiny\n"), bytes("{}\n"));
        BundleIdentity identity =
                new BundleIdentity("tiny", RuntimeVersion.CURRENT, "Apache-2.0", RuntimeVersion.CURRENT);
        return new BundleWriter(root)
                .write(new BundleDraft(identity, experts, router(ids), StoredType.F32, documents))
                .directory();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Tensor> weights(Random random) {
        List<Tensor> tensors = new ArrayList<>();
        StudentTensors.shapes(CONFIG)
                .forEach((name, shape) -> tensors.add(new Tensor(name, shape, values(random, shape, 1))));
        return tensors;
    }

    private static float[] values(Random random, int[] shape, double more) {
        float[] values = new float[(int) Tensor.elements(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (more * random.nextGaussian() / Math.sqrt(shape[0]));
        }
        return values;
    }

    private static Router router(List<String> ids) {
        RouterConfig config = new RouterConfig(ids, new PromptFeatures(64, 32), 4, 3);
        int[][] shapes = {{4, 64}, {4}, {ids.size(), 4}, {ids.size()}};
        String[] names = {Router.HIDDEN_WEIGHT, Router.HIDDEN_BIAS, Router.OUTPUT_WEIGHT, Router.OUTPUT_BIAS};
        Random random = new Random(7);
        Map<String, Tensor> tensors = new HashMap<>();
        for (int t = 0; t < names.length; t++) {
            tensors.put(names[t], new Tensor(names[t], shapes[t], values(random, shapes[t], 3)));
        }
        return new Router(config, tensors);
    }
}

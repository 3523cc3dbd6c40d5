package io.retort.jobs.walk;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.distill.teachers.training.TeacherRecipe;
import io.retort.distill.teachers.training.TeacherTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A teacher that knows next to nothing but is a teacher in every other way, trained once for all tests of a process. */
public final class TinyTeacher {
    private static final Path RECIPE = Path.of("..", "recipes", "nano.json");
    private static final Map<String, Integer> MODEL = Map.ofEntries(
            Map.entry("hidden_size", 32),
            Map.entry("num_hidden_layers", 2),
            Map.entry("intermediate_size", 64),
            Map.entry("num_attention_heads", 2),
            Map.entry("kv_lora_rank", 16),
            Map.entry("qk_nope_head_dim", 8),
            Map.entry("qk_rope_head_dim", 8),
            Map.entry("v_head_dim", 8),
            Map.entry("n_routed_experts", 4),
            Map.entry("moe_intermediate_size", 24),
            Map.entry("max_position_embeddings", 512));
    private static final Map<String, Map<String, Integer>> RUN = Map.of(
            "tokenizer", Map.of("ranks", 300, "sampleDocuments", 20),
            "schedule", Map.of("steps", 2, "warmupSteps", 1, "stepTokens", 512, "passTokens", 512),
            "watch", Map.of("logEvery", 1, "validateEvery", 2, "validationDocuments", 1, "testDocuments", 1));

    private static @Nullable Path directory;

    private TinyTeacher() {}

    public static synchronized Path directory() throws IOException, InterruptedException {
        if (directory == null) {
            // Several tests of the process use it, so that it is none's to remove.
            Path made = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "tiny-teacher")
                    .toAbsolutePath();
            new TeacherTrainer(recipe(), made, progress -> {}).run();
            directory = made;
        }
        return directory;
    }

    /** The shipped teacher's recipe, made small. */
    private static TeacherRecipe recipe() throws IOException {
        ObjectNode recipe = (ObjectNode) new ObjectMapper().readTree(RECIPE.toFile());
        recipe.put("name", "tiny");
        MODEL.forEach((recipe.withObject("/model"))::put);
        RUN.forEach((part, values) -> values.forEach(recipe.withObject("/" + part)::put));
        // A circuit that is set up for the shipped sizes does not fit these.
        ObjectNode induction = recipe.withObject("/initialisation/induction");
        List.of("sharpness", "match", "copy").forEach(strength -> induction.put(strength, 0));
        return TeacherRecipe.parse(recipe.toString());
    }
}

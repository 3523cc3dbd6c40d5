package io.retort.distill.teachers.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.distill.optimisation.Muon;
import io.retort.distill.teachers.nano.NanoConfig;
import io.retort.distill.teachers.nano.NanoConfigJson;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything a training run depends on.
 *
 * @param name the teacher's name
 * @param seed seeds documents, order and initial weights
 * @param model config.json's fields but vocab_size, bos_token_id and eos_token_id, which the tokenizer gives
 * @param tokenizer how the tokenizer is trained
 * @param mixture what is drawn, in what shares
 * @param initialisation how weights begin
 * @param optimiser learning rates
 * @param schedule length of the run and of its steps
 * @param watch what is measured and kept on the way
 */
public record TeacherRecipe(
        String name,
        long seed,
        JsonNode model,
        TokenizerPlan tokenizer,
        List<Ingredient> mixture,
        Initialisation initialisation,
        OptimiserPlan optimiser,
        SchedulePlan schedule,
        WatchPlan watch) {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * How the tokenizer is trained.
     *
     * @param ranks tokens beside the special ones, at least 256
     * @param sampleDocuments documents of each domain's train split it is trained on
     */
    public record TokenizerPlan(int ranks, int sampleDocuments) {
        /** Checks the sizes. */
        public TokenizerPlan {
            require(ranks >= 256, "tokenizer.ranks", "at least 256", ranks);
            require(sampleDocuments >= 1, "tokenizer.sampleDocuments", "at least 1", sampleDocuments);
        }
    }

    /**
     * One suite's part of the training data.
     *
     * @param domain the suite
     * @param share its part of a step's tokens and of the loss, relative to the others' shares
     * @param promptWeight loss weight of a prompt's tokens, where an answer's tokens and their end weigh 1
     * @param textWeight loss weight of the tokens of free text
     */
    public record Ingredient(String domain, double share, double promptWeight, double textWeight) {
        /** Checks the numbers. */
        public Ingredient {
            require(share > 0 && share < 1e6, "mixture." + domain + ".share", "a positive number", share);
            require(
                    promptWeight >= 0 && promptWeight <= 1,
                    "mixture." + domain + ".promptWeight",
                    "0 to 1",
                    promptWeight);
            require(textWeight > 0 && textWeight <= 1, "mixture." + domain + ".textWeight", "0 to 1", textWeight);
        }
    }

    /**
     * Standard deviations of the initial weights, all normal with mean 0.
     *
     * @param embedding of the embedding and a separate head
     * @param matrixGain times 1/sqrt(inputs) for a matrix that reads the residual stream or works inside a layer
     * @param outputGain times 1/sqrt(inputs) for a matrix that writes into the residual stream; 0 is usual
     * @param finalNorm gain of the last norm, which sets how sharp the first distributions are; the other norms begin at 1
     * @param induction whether and how strongly the first two layers begin as an induction circuit
     */
    public record Initialisation(
            double embedding, double matrixGain, double outputGain, double finalNorm, Induction induction) {
        /** Checks the numbers. */
        public Initialisation {
            require(embedding > 0 && embedding < 100, "initialisation.embedding", "a positive number", embedding);
            require(matrixGain > 0 && matrixGain < 100, "initialisation.matrixGain", "a positive number", matrixGain);
            require(outputGain >= 0 && outputGain < 100, "initialisation.outputGain", "at least 0", outputGain);
            require(finalNorm > 0 && finalNorm < 1000, "initialisation.finalNorm", "a positive number", finalNorm);
        }
    }

    /**
     * How strong the induction circuit of {@link InductionInitialisation} begins; all three 0 for none.
     *
     * @param sharpness how sharply the first layer's heads look at one earlier token
     * @param match how sharply the second layer's heads find a place that continues a match
     * @param copy how much of the token found there is written, relative to its embedding
     */
    public record Induction(double sharpness, double match, double copy) {
        /** Checks that all are set or none. */
        public Induction {
            boolean none = sharpness == 0 && match == 0 && copy == 0;
            require(
                    none || (sharpness > 0 && match > 0 && copy > 0),
                    "initialisation.induction",
                    "three positive numbers, or three times 0",
                    sharpness + ", " + match + ", " + copy);
        }

        boolean present() {
            return copy > 0;
        }
    }

    /** What trains the matrices of the layers. */
    public enum MatrixOptimiser {
        /** Orthogonalised momentum. */
        MUON,
        /** The same as for the rest. */
        ADAMW
    }

    /**
     * Muon or AdamW for the matrices of the layers, AdamW for embedding, head, norms and routers.
     *
     * @param matrices what trains the matrices
     * @param matrixRate their learning rate
     * @param muonScale how its updates are scaled to a matrix's shape
     * @param matrixDecay share of a matrix' weight lost in an update, times the learning rate
     * @param embeddingRate learning rate of AdamW for embedding and head
     * @param routerRate learning rate of AdamW for the routers
     * @param normRate learning rate of AdamW for the norms
     * @param adamDecay share of an embedding's or router's weight lost in an update, times the learning rate
     * @param firstDecay AdamW's beta 1
     * @param secondDecay AdamW's beta 2
     * @param balanceRate how far an expert's choosing bias moves in a step; falls as the learning rates do
     */
    public record OptimiserPlan(
            MatrixOptimiser matrices,
            double matrixRate,
            Muon.UpdateScale muonScale,
            double matrixDecay,
            double embeddingRate,
            double routerRate,
            double normRate,
            double adamDecay,
            double firstDecay,
            double secondDecay,
            double balanceRate) {
        /** Checks the one number the optimisers do not check. */
        public OptimiserPlan {
            require(balanceRate >= 0 && balanceRate <= 1, "optimiser.balanceRate", "0 to 1", balanceRate);
        }
    }

    /**
     * Length of the run.
     *
     * @param steps updates
     * @param warmupSteps updates until the learning rate is whole
     * @param flatUntil share of the run after which it falls
     * @param lastFactor what it falls to
     * @param stepTokens tokens an update sees, about
     * @param passTokens tokens of one forward and backward pass, at most; several passes make a step
     * @param threads threads that share the passes of a step; the result depends on their number, by rounding
     * @param mostMinutes when the run would take longer it falls sooner, so as to end then; 0 for no bound. A recipe
     *     that is to give the same teacher elsewhere has none
     */
    public record SchedulePlan(
            int steps,
            int warmupSteps,
            double flatUntil,
            double lastFactor,
            int stepTokens,
            int passTokens,
            int threads,
            double mostMinutes) {
        /** Checks the numbers. */
        public SchedulePlan {
            require(steps >= 1, "schedule.steps", "at least 1", steps);
            require(warmupSteps >= 0, "schedule.warmupSteps", "at least 0", warmupSteps);
            require(flatUntil >= 0 && flatUntil <= 1, "schedule.flatUntil", "0 to 1", flatUntil);
            require(lastFactor >= 0 && lastFactor <= 1, "schedule.lastFactor", "0 to 1", lastFactor);
            require(stepTokens >= 1, "schedule.stepTokens", "at least 1", stepTokens);
            require(passTokens >= 1, "schedule.passTokens", "at least 1", passTokens);
            require(threads >= 1 && threads <= 64, "schedule.threads", "1 to 64", threads);
            require(mostMinutes >= 0, "schedule.mostMinutes", "at least 0", mostMinutes);
        }
    }

    /**
     * What is measured and kept.
     *
     * @param logEvery steps between lines of the log
     * @param validateEvery steps between validations
     * @param validationDocuments documents a domain in a validation
     * @param testDocuments documents a domain in the final scores
     * @param checkpointMinutes minutes between checkpoints
     */
    public record WatchPlan(
            int logEvery, int validateEvery, int validationDocuments, int testDocuments, double checkpointMinutes) {
        /** Checks the numbers. */
        public WatchPlan {
            require(logEvery >= 1, "watch.logEvery", "at least 1", logEvery);
            require(validateEvery >= 1, "watch.validateEvery", "at least 1", validateEvery);
            require(validationDocuments >= 1, "watch.validationDocuments", "at least 1", validationDocuments);
            require(testDocuments >= 1, "watch.testDocuments", "at least 1", testDocuments);
            require(checkpointMinutes >= 0, "watch.checkpointMinutes", "at least 0", checkpointMinutes);
        }
    }

    /** Checks what concerns several parts. */
    public TeacherRecipe {
        require(name.matches("[a-z0-9][a-z0-9.-]{0,63}"), "name", "lower-case letters, digits, dots, hyphens", name);
        require(model.isObject(), "model", "an object", model.getNodeType());
        mixture = List.copyOf(mixture);
        require(!mixture.isEmpty(), "mixture", "at least one domain", "none");
        Set<String> domains = new HashSet<>();
        for (Ingredient ingredient : mixture) {
            require(domains.add(ingredient.domain()), "mixture", "each domain once", ingredient.domain() + " twice");
        }
    }

    /**
     * Reads a recipe.
     *
     * @throws IllegalArgumentException when it is no JSON, lacks a field, has an unknown one or a value out of bounds
     */
    public static TeacherRecipe parse(String json) {
        return parse(json, TeacherRecipe.class);
    }

    /** Reads a recipe of another kind as strictly. */
    static <T> T parse(String json, Class<T> kind) {
        try {
            return MAPPER.readValue(json, kind);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("recipe: " + e.getOriginalMessage(), e);
        }
    }

    /** Writes the recipe so that {@link #parse} gives it back. */
    public String toJson() {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("recipe " + name + " does not serialise", e);
        }
    }

    /** Whether a run of this recipe may go on with the other one: schedule, optimiser and watch may have changed. */
    public boolean continues(TeacherRecipe other) {
        return other.equals(new TeacherRecipe(
                name, seed, model, tokenizer, mixture, initialisation, other.optimiser, other.schedule, other.watch));
    }

    /** The model's config with the ids a tokenizer has. */
    public NanoConfig config(int vocabularySize, int bos, int eos) {
        ObjectNode root = model.deepCopy();
        root.put("vocab_size", vocabularySize).put("bos_token_id", bos).put("eos_token_id", eos);
        return NanoConfigJson.parse(root.toString());
    }

    private static void require(boolean holds, String what, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException(what + ": expected " + expected + ", found " + found);
        }
    }
}

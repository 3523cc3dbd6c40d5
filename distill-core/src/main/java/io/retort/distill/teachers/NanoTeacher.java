package io.retort.distill.teachers;

import ai.djl.ndarray.NDManager;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.tokenizers.BytePairTokenizer;
import io.retort.distill.teachers.causal.CachingDecoder;
import io.retort.distill.teachers.checkpoints.CheckpointFiles;
import io.retort.distill.teachers.checkpoints.ConfigFields;
import io.retort.distill.teachers.nano.NanoCheckpoint;
import io.retort.distill.teachers.nano.NanoConfig;
import io.retort.distill.teachers.nano.NanoConfigJson;
import io.retort.distill.teachers.nano.NanoModel;
import io.retort.distill.teachers.nano.TensorLayout;
import io.retort.inference.digests.Sha256;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import io.retort.inference.tensors.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A teacher of Kimi-K2's architecture in the same process. Threads share the weights and each computes its own calls; the
 * native engine gets one thread a call.
 */
public final class NanoTeacher implements GenerativeTeacher {
    private static final String RESOURCES = "/teachers/nano/";
    private static final String TOKENS_FILE = "tiktoken.model";
    private static final String TOKENIZER_FILE = "tokenizer_config.json";
    /** Kimi-K2's own has under 3 MB. */
    private static final int MOST_TOKENS_BYTES = 256 << 20;

    private final DecoderTeacher teacher;
    private final NanoModel model;
    private final BytePairTokenizer tokenizer;

    private NanoTeacher(String name, SmallFiles files, CheckpointFiles weights) {
        NativeEngine.prepare();
        String where = weights.where();
        NanoConfig config = config(files.config(), where);
        tokenizer = BytePairTokenizer.parse(files.tokens(), files.tokenizer(), where);
        DecoderTeacher.requireTokenizer(tokenizer, config.vocabularySize(), config.bos(), config.eos(), where);
        TeacherDescription description = new TeacherDescription(
                name,
                NanoModel.ARCHITECTURE,
                files.digest(weights),
                TensorLayout.parameters(config),
                TensorLayout.activeParameters(config),
                config.contextTokens());
        NDManager manager = NDManager.newBaseManager();
        try {
            this.model = NanoModel.load(config, weights, manager);
            this.teacher =
                    new DecoderTeacher(manager, model, new CachingDecoder(model, tokenizer), tokenizer, description);
            teacher.requireFiniteLogits(where);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static NanoConfig config(byte[] file, String where) {
        try {
            return NanoConfigJson.parse(new String(file, StandardCharsets.UTF_8));
        } catch (InvalidDataException e) {
            throw new InvalidDataException(where + ": " + e.getMessage(), e);
        }
    }

    /** The files beside the weights. */
    private record SmallFiles(byte[] config, byte[] tokens, byte[] tokenizer) {
        /** Over every byte of every file; the order is part of the ids of logit datasets that exist. */
        String digest(CheckpointFiles weights) {
            String parts = Sha256.hex(config) + weights.digest() + Sha256.hex(tokens) + Sha256.hex(tokenizer);
            return Sha256.hex(parts.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /**
     * Loads a checkpoint directory: config.json, model.safetensors (or its index and shards), tiktoken.model,
     * tokenizer_config.json.
     *
     * @throws InvalidDataException when a file is missing, damaged or does not belong to the others
     * @throws UncheckedIOException when a file cannot be read
     */
    public static NanoTeacher load(Path directory) {
        SmallFiles files = new SmallFiles(
                CheckpointFiles.file(directory, NanoCheckpoint.CONFIG_FILE, ConfigFields.MOST_BYTES),
                CheckpointFiles.file(directory, TOKENS_FILE, MOST_TOKENS_BYTES),
                CheckpointFiles.file(directory, TOKENIZER_FILE, ConfigFields.MOST_BYTES));
        try (CheckpointFiles weights = CheckpointFiles.open(directory)) {
            return new NanoTeacher(Teachers.nameOf(directory), files, weights);
        }
    }

    /**
     * Loads the teacher that ships with the project.
     *
     * @throws InvalidDataException when this build carries none
     */
    public static NanoTeacher embedded() {
        SmallFiles files =
                new SmallFiles(resource(NanoCheckpoint.CONFIG_FILE), resource(TOKENS_FILE), resource(TOKENIZER_FILE));
        try (CheckpointFiles weights = CheckpointFiles.of(resource(NanoCheckpoint.WEIGHTS_FILE), "embedded teacher")) {
            return new NanoTeacher("nano", files, weights);
        }
    }

    private static byte[] resource(String file) {
        try (InputStream stream = NanoTeacher.class.getResourceAsStream(RESOURCES + file)) {
            if (stream == null) {
                throw new InvalidDataException("class path resource " + RESOURCES + file + ": expected, found none");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("class path resource " + RESOURCES + file, e);
        }
    }

    @Override
    public TeacherDescription description() {
        return teacher.description();
    }

    @Override
    public BytePairTokenizer tokenizer() {
        return tokenizer;
    }

    @Override
    public int contextTokens() {
        return teacher.contextTokens();
    }

    /** Copies of its config and weights, in 32 bits. */
    public NanoCheckpoint checkpoint() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        NanoCheckpoint.tensors(model.tensors()).forEach(tensor -> tensors.put(tensor.name(), tensor));
        return new NanoCheckpoint(model.config(), tensors);
    }

    /** The model itself, for what looks inside, such as the analysis of its experts. */
    public NanoModel model() {
        return model;
    }

    @Override
    public void score(List<int[]> sequences, LogProbabilityVisitor visitor) {
        teacher.score(sequences, visitor);
    }

    @Override
    public List<Generation> generate(List<int[]> prompts, GenerationLimits limits) {
        return teacher.generate(prompts, limits);
    }

    @Override
    public List<DrawnText> sample(List<int[]> prompts, long[] seeds, Sampling sampling, GenerationLimits limits) {
        return teacher.sample(prompts, seeds, sampling, limits);
    }

    @Override
    public void close() {
        teacher.close();
    }
}

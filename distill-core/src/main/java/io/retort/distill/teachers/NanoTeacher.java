package io.retort.distill.teachers;

import ai.djl.ndarray.NDManager;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.tokenizers.BytePairTokenizer;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.nano.GreedyDecoder;
import io.retort.distill.teachers.nano.NanoCheckpoint;
import io.retort.distill.teachers.nano.NanoModel;
import io.retort.distill.teachers.nano.SequenceScorer;
import io.retort.distill.teachers.nano.TensorLayout;
import io.retort.inference.digests.Sha256;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A teacher of Kimi-K2's architecture in the same process. Threads share the weights and each computes its own calls; the
 * native engine gets one thread a call.
 */
public final class NanoTeacher implements GenerativeTeacher {
    private static final String RESOURCES = "/teachers/nano/";
    private static final String TOKENS_FILE = "tiktoken.model";
    private static final String TOKENIZER_FILE = "tokenizer_config.json";
    /** No weights file of a model that fits one process is larger; checked before reading. */
    private static final long MOST_BYTES = 1L << 30;

    private final NDManager manager;
    private final NanoModel model;
    private final BytePairTokenizer tokenizer;
    private final TeacherDescription description;

    private NanoTeacher(String name, CheckpointFiles files, String where) {
        NativeEngine.prepare();
        NanoCheckpoint checkpoint = NanoCheckpoint.parse(files.config(), files.weights(), where);
        this.tokenizer = BytePairTokenizer.parse(files.tokens(), files.tokenizer(), where);
        requireVocabulary(checkpoint, tokenizer, where);
        this.description = new TeacherDescription(
                name,
                NanoModel.ARCHITECTURE,
                files.digest(),
                TensorLayout.parameters(checkpoint.config()),
                TensorLayout.activeParameters(checkpoint.config()),
                checkpoint.config().contextTokens());
        this.manager = NDManager.newBaseManager();
        this.model = checkpoint.model(manager);
    }

    private static void requireVocabulary(NanoCheckpoint checkpoint, Tokenizer tokenizer, String where) {
        int vocabulary = checkpoint.config().vocabularySize();
        if (tokenizer.vocabularySize() != vocabulary
                || tokenizer.bos() != checkpoint.config().bos()
                || tokenizer.eos() != checkpoint.config().eos()) {
            throw new InvalidDataException(where + ": expected a tokenizer of " + vocabulary + " ids, "
                    + checkpoint.config().bos() + " and " + checkpoint.config().eos() + " as beginning and end, found "
                    + tokenizer.vocabularySize() + ", " + tokenizer.bos() + ", " + tokenizer.eos());
        }
    }

    /** The files of a checkpoint directory. */
    private record CheckpointFiles(byte[] config, byte[] weights, byte[] tokens, byte[] tokenizer) {
        String digest() {
            String parts = Sha256.hex(config) + Sha256.hex(weights) + Sha256.hex(tokens) + Sha256.hex(tokenizer);
            return Sha256.hex(parts.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /**
     * Loads a checkpoint directory: config.json, model.safetensors, tiktoken.model, tokenizer_config.json.
     *
     * @throws InvalidDataException when a file is missing, damaged or does not belong to the others
     * @throws UncheckedIOException when a file cannot be read
     */
    public static NanoTeacher load(Path directory) {
        Path fileName = directory.toAbsolutePath().normalize().getFileName();
        String name = fileName == null ? "nano" : fileName.toString();
        return new NanoTeacher(
                name,
                new CheckpointFiles(
                        read(directory, NanoCheckpoint.CONFIG_FILE),
                        read(directory, NanoCheckpoint.WEIGHTS_FILE),
                        read(directory, TOKENS_FILE),
                        read(directory, TOKENIZER_FILE)),
                directory.toString());
    }

    private static byte[] read(Path directory, String file) {
        Path path = directory.resolve(file);
        try {
            long size = Files.size(path);
            if (size > MOST_BYTES) {
                throw new InvalidDataException(path + ": expected at most " + MOST_BYTES + " bytes, found " + size);
            }
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new InvalidDataException(path + ": expected a file, found none", e);
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
    }

    /**
     * Loads the teacher that ships with the project.
     *
     * @throws InvalidDataException when this build carries none
     */
    public static NanoTeacher embedded() {
        return new NanoTeacher(
                "nano",
                new CheckpointFiles(
                        resource(NanoCheckpoint.CONFIG_FILE),
                        resource(NanoCheckpoint.WEIGHTS_FILE),
                        resource(TOKENS_FILE),
                        resource(TOKENIZER_FILE)),
                "embedded teacher");
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
        return description;
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    @Override
    public int contextTokens() {
        return model.config().contextTokens();
    }

    /** The model itself, for what looks inside, such as the analysis of its experts. */
    public NanoModel model() {
        return model;
    }

    @Override
    public void score(List<int[]> sequences, LogProbabilityVisitor visitor) {
        new SequenceScorer(model).score(sequences, visitor);
    }

    @Override
    public List<Generation> generate(List<int[]> prompts, GenerationLimits limits) {
        return new GreedyDecoder(model, tokenizer).generate(prompts, limits);
    }

    @Override
    public void close() {
        manager.close();
    }
}

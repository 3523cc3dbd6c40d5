package io.retort.bench.teachers;

import io.retort.bench.BenchTexts;
import io.retort.bench.PythonRival;
import io.retort.bench.Ratios;
import io.retort.bench.Rival;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.logits.Chunk;
import io.retort.datasets.logits.Chunker;
import io.retort.datasets.logits.TokenisedDocument;
import io.retort.distill.teachers.NanoTeacher;
import io.retort.distill.teachers.Teacher;
import io.retort.distill.teachers.Teachers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints what the teachers do a second, as ratios: against transformers, of two tasks against one, and by phase. */
public final class TeachersMain {
    private static final int TOKENS_A_DOMAIN = 2000;
    private static final int ROUNDS = 15;
    /** Both sum float32 logarithms in their own order. */
    private static final double SAME_WORK = 1e-4;

    private TeachersMain() {}

    /** Takes the checkpoint directories of more teachers. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (Teacher teacher = NanoTeacher.embedded()) {
            List<Document> documents = BenchTexts.validation(teacher.tokenizer(), TOKENS_A_DOMAIN);
            print("nano", teacher, documents, nanoCheckpoint());
        }
        for (String argument : arguments) {
            Path checkpoint = Path.of(argument);
            try (Teacher teacher = Teachers.open(checkpoint)) {
                List<Document> documents = BenchTexts.validation(teacher.tokenizer(), TOKENS_A_DOMAIN);
                print(teacher.description().name(), teacher, documents, checkpoint);
            }
        }
    }

    private static Path nanoCheckpoint() throws IOException {
        Path directory = Files.createDirectories(Path.of("bench/target/nano"));
        for (String file : List.of("config.json", "model.safetensors")) {
            try (InputStream in = NanoTeacher.class.getResourceAsStream("/teachers/nano/" + file)) {
                if (in == null) {
                    throw new IOException("expected the embedded teacher's " + file + " on the class path, found none");
                }
                Files.write(directory.resolve(file), in.readAllBytes());
            }
        }
        return directory;
    }

    private static void print(String title, Teacher teacher, List<Document> documents, Path checkpoint)
            throws IOException, InterruptedException {
        Chunker chunker = Chunker.fitting(teacher.contextTokens());
        List<int[]> sequences = documents.stream()
                .flatMap(document -> chunker.chunks(TokenisedDocument.of(document, teacher.tokenizer())).stream())
                .map(Chunk::ids)
                .toList();
        long tokens = sequences.stream().mapToLong(ids -> ids.length).sum();
        System.out.printf(Locale.ROOT, "%n### %s on the generated suites: %,d tokens%n%n", title, tokens);
        Scoring scoring = new Scoring(teacher, sequences);
        againstTransformers(scoring, checkpoint, tokens);
        scoring.printScaling(ROUNDS);
        Phases.print(teacher, documents, ROUNDS);
    }

    private static void againstTransformers(Scoring scoring, Path checkpoint, long tokens)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("sequences", ".txt");
        Files.write(
                file,
                scoring.sequences().stream()
                        .map(ids ->
                                Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(" ")))
                        .toList());
        String bos = Integer.toString(scoring.teacher().tokenizer().bos());
        double[] theirs = new double[ROUNDS];
        double[] ours = new double[ROUNDS];
        try (PythonRival rival = new PythonRival("score.py", checkpoint.toString(), file.toString(), bos)) {
            scoring.warmUp();
            for (int round = 0; round < ROUNDS; round++) {
                Rival.Round their = rival.round("score");
                Scoring.Outcome our = scoring.score();
                requireSame(their.result(), our.logLikelihood());
                theirs[round] = their.seconds();
                ours[round] = our.processorSeconds();
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s: %,.0f tokens a second of one core%nRetort: %,.0f tokens a second of one core, %s times as many%n",
                    rival.name(),
                    tokens / Ratios.median(theirs),
                    tokens / Ratios.median(ours),
                    Ratios.of(theirs, ours));
        } finally {
            Files.delete(file);
        }
    }

    private static void requireSame(double theirs, double ours) {
        if (!(Math.abs(theirs - ours) <= SAME_WORK * Math.abs(theirs))) {
            throw new IllegalStateException(
                    "expected the same log-likelihood from both, found " + theirs + " and " + ours);
        }
    }
}

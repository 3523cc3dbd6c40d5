package io.retort.distill.students;

import io.retort.distill.optimisation.AdamW;
import io.retort.distill.optimisation.Muon;
import io.retort.distill.targets.MappedDocuments;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.ScoringRequest;
import io.retort.inference.students.Mixer;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentScoring;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a student makes of a plain text: trains on its first nine tenths, in documents of at most 1,024 bytes, and prints the
 * bits a byte on the last. Arguments are {@code name=value}: {@code file}; {@code layers}, R for recurrence and A for
 * attention, as RRR, {@code repeats}; {@code width}, {@code params}, {@code kernel}; {@code steps}, {@code batch}, {@code
 * longest}, {@code decay} of weights;
 * {@code targets}, a directory of byte targets to learn from in the text's place, and {@code alpha}.
 */
final class TextTrial {
    private static final int DOCUMENT_BYTES = 1024;
    private static final long SEED = 1729;

    private TextTrial() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, String> given = new HashMap<>();
        for (String argument : args) {
            given.put(argument.substring(0, argument.indexOf('=')), argument.substring(argument.indexOf('=') + 1));
        }
        byte[] text = Files.readAllBytes(Path.of(given.getOrDefault("file", "text")));
        int border = text.length - text.length / 10;
        while (text[border - 1] != '\n') {
            border++;
        }
        DocumentSource source = given.containsKey("targets")
                ? MappedDocuments.open(trainFiles(Path.of(given.getOrDefault("targets", ""))))
                : DocumentSource.of(documents(text, 0, border));
        StudentConfig config = config(given);
        TrainingPlan plan = new TrainingPlan(
                config,
                Objective.distillation(Double.parseDouble(given.getOrDefault("alpha", "0"))),
                new PositionWeights(1, 1, 1),
                new TrainingPlan.Data(number(given, "batch", 1024), number(given, "longest", 256)),
                new TrainingPlan.Optimisation(
                        Muon.Settings.standard()
                                .withWeightDecay(Double.parseDouble(given.getOrDefault("decay", "0.01"))),
                        AdamW.Settings.standard()),
                number(given, "steps", 2000),
                SEED);
        TrainedStudent trained = new StudentTrainer(
                        plan, source, StudentTrainer.Validation.NONE, StudentTrainer.Checkpoints.NONE, System::nanoTime)
                .train(TrainingListener.NONE);
        System.out.printf(
                Locale.ROOT,
                "%s: %d parameters, %.0f s, %.4f bits a byte, %.4f on training text%n",
                given,
                config.parameterCount(),
                trained.seconds(),
                bitsPerByte(trained, documents(text, border, text.length)),
                bitsPerByte(trained, documents(text, 0, 70_000)));
    }

    private static int number(Map<String, String> given, String name, int otherwise) {
        return Integer.parseInt(given.getOrDefault(name, Integer.toString(otherwise)));
    }

    private static StudentConfig config(Map<String, String> given) {
        List<Mixer> mixers = new ArrayList<>();
        for (char layer : given.getOrDefault("layers", "RR").toCharArray()) {
            mixers.add(
                    layer == 'R'
                            ? new Mixer.Recurrence(number(given, "kernel", 4))
                            : new Mixer.Attention(2, 4, Positions.FORGET));
        }
        int width = number(given, "width", 32);
        long fixed = new StudentConfig(Alphabet.SIZE, width, 1, mixers).parameterCount();
        long room = (number(given, "params", 25_000) - fixed) / (3L * mixers.size() * width);
        return new StudentConfig(Alphabet.SIZE, width, (int) (1 + room), mixers, number(given, "repeats", 1));
    }

    private static List<Path> trainFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("train"))
                    .sorted()
                    .toList();
        }
    }

    /** Whole lines, as many as fit a document. */
    private static List<TrainingDocument> documents(byte[] text, int from, int to) {
        List<TrainingDocument> documents = new ArrayList<>();
        int start = from;
        int end = from;
        for (int i = from; i < to; i++) {
            if (text[i] != '\n' && i < to - 1) {
                continue;
            }
            if (i + 1 - start > DOCUMENT_BYTES && end > start) {
                add(documents, text, start, end);
                start = end;
            }
            end = i + 1;
        }
        add(documents, text, start, end);
        return documents;
    }

    private static void add(List<TrainingDocument> documents, byte[] text, int from, int to) {
        String trimmed = new String(text, from, to - from, StandardCharsets.UTF_8).strip();
        if (!trimmed.isEmpty()) {
            documents.add(TrainingDocument.of(trimmed.getBytes(StandardCharsets.UTF_8), 0));
        }
    }

    private static double bitsPerByte(TrainedStudent trained, List<TrainingDocument> test) {
        List<ScoringRequest> requests = test.stream()
                .map(document -> new ScoringRequest(new byte[0], Alphabet.decode(document.symbols()), Ending.END))
                .toList();
        double nats = -Arrays.stream(new StudentScoring("trial", trained.student(), 4096).logLikelihoods(requests))
                .sum();
        long bytes = requests.stream()
                .mapToLong(request -> request.continuation().length)
                .sum();
        return nats / Math.log(2) / bytes;
    }
}

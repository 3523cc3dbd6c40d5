package io.retort.bench.tokenizers;

import io.retort.bench.PythonRival;
import io.retort.bench.Ratios;
import io.retort.bench.Rival;
import io.retort.datasets.tokenizers.BytePairTokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints the speed of a tokenizer in tiktoken's layout beside tiktoken, one thread each, and that their ids are equal. */
public final class TokenizersMain {
    private static final int ROUNDS = 15;
    private static final int WARM_UP = 3;
    private static final int MOST_CHARACTERS = 2_000_000;

    private TokenizersMain() {}

    /** Takes the directory with {@code tiktoken.model} and {@code tokenizer_config.json}, and text files. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("expected a tokenizer's directory and text files");
        }
        Path directory = Path.of(arguments[0]);
        List<Path> files = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            files.add(shortened(Path.of(arguments[i])));
        }
        Path pattern = temporary(inTheirSyntax(BytePairTokenizer.load(directory).pattern()));
        List<String> command =
                new ArrayList<>(List.of(directory.resolve("tiktoken.model").toString(), pattern.toString()));
        files.forEach(file -> command.add(file.toString()));
        try (PythonRival rival = new PythonRival("tokenise.py", command.toArray(String[]::new))) {
            System.out.printf(
                    Locale.ROOT,
                    "| text | megabytes | Retort, MB a second | warm | %s | Retort / tiktoken, cold | warm |%n",
                    rival.name());
            System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
            for (int i = 0; i < files.size(); i++) {
                measure(directory, Path.of(arguments[i + 1]), Files.readString(files.get(i)), rival, i);
            }
        }
    }

    private static Path shortened(Path file) throws IOException {
        String text = Files.readString(file);
        return temporary(text.substring(0, Math.min(text.length(), MOST_CHARACTERS)));
    }

    /** Java's flag and its name for a script; what else differs, the equality of all ids would show. */
    private static String inTheirSyntax(String pattern) {
        return pattern.replace("(?U)", "").replace("\\p{IsHan}", "\\p{Han}");
    }

    private static Path temporary(String text) throws IOException {
        Path file = Files.createTempFile("bench", ".txt");
        file.toFile().deleteOnExit();
        return Files.writeString(file, text);
    }

    private static void measure(Path directory, Path file, String text, PythonRival rival, int index)
            throws IOException {
        BytePairTokenizer tokenizer = BytePairTokenizer.load(directory);
        for (int i = 0; i < WARM_UP; i++) {
            tokenizer.encode(text);
            rival.round(Integer.toString(index));
        }
        double[] cold = new double[ROUNDS];
        double[] warm = new double[ROUNDS];
        double[] theirs = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            Rival.Round their = rival.round(Integer.toString(index));
            theirs[round] = their.seconds();
            BytePairTokenizer fresh = BytePairTokenizer.load(directory);
            cold[round] = seconds(fresh, text, their);
            warm[round] = seconds(fresh, text, their);
        }
        double megabytes = text.getBytes(StandardCharsets.UTF_8).length / 1e6;
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.1f | %.1f | %.1f | %s | %s |%n",
                file.getFileName(),
                megabytes,
                megabytes / Ratios.median(cold),
                megabytes / Ratios.median(warm),
                megabytes / Ratios.median(theirs),
                Ratios.of(theirs, cold),
                Ratios.of(theirs, warm));
    }

    private static double seconds(BytePairTokenizer tokenizer, String text, Rival.Round their) {
        long begun = System.nanoTime();
        int[] ids = tokenizer.encode(text);
        double seconds = (System.nanoTime() - begun) / 1e9;
        int digest = 0;
        for (int id : ids) {
            digest = digest * 31 + id;
        }
        if (Integer.toUnsignedLong(digest) != (long) their.result()) {
            throw new IllegalStateException("expected the same ids from both, found others among " + ids.length);
        }
        return seconds;
    }
}

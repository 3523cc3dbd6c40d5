package io.retort.bench.context;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.suites.ContextSuite;
import io.retort.datasets.suites.Suite;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.alphabet.SymbolDecoder;
import io.retort.inference.ensembles.Member;
import io.retort.inference.ensembles.Mixture;
import io.retort.inference.ensembles.Weighting;
import io.retort.inference.students.MemoryFormat;
import io.retort.inference.students.Student;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a student recalls of prompts of the suite context, by length and format of memory: answers that are right, answers that
 * are the same as with 32-bit floats, and bits a byte of the right answer, of the same prompts for each format.
 */
final class RecallTable {
    private static final List<Integer> LENGTHS = List.of(400, 1_024, 4_096, 8_192, 16_384, 32_768, 131_072);
    private static final long SEED = 1729;
    private static final int MOST_ANSWER_BYTES = 32;

    private final Student student;
    private final int prompts;

    RecallTable(Student student, int prompts) {
        this.student = student;
        this.prompts = prompts;
    }

    void print(PrintStream out) {
        out.println("| bytes | memory | right | as with F32 | bits a byte of the answer |");
        out.println("| ---: | --- | ---: | ---: | ---: |");
        MemoryFormat[] formats = MemoryFormat.values();
        for (int length : LENGTHS) {
            // From 7/8 of the length on: a range, since documents fall short of their length by less than an entry.
            Suite suite = ContextSuite.ofLength(length - length / 8, length);
            int[] right = new int[formats.length];
            int[] same = new int[formats.length];
            double[] bits = new double[formats.length];
            long bytes = 0;
            for (int i = 0; i < prompts; i++) {
                Document document = suite.document(SEED, i);
                String first = "";
                for (int f = 0; f < formats.length; f++) {
                    try (Mixture mixture = read(document, formats[f])) {
                        bits[f] -= score(mixture, document.answer()) / Math.log(2);
                        String answer = answer(mixture);
                        first = f == 0 ? answer : first;
                        right[f] += suite.checker().check(document, answer).correct() ? 1 : 0;
                        same[f] += answer.equals(first) ? 1 : 0;
                    }
                }
                bytes += document.answer().length() + 1;
            }
            for (int f = 0; f < formats.length; f++) {
                out.println(String.format(
                        Locale.ROOT,
                        "| %,d | %s | %d of %d | %d | %.4f |",
                        length,
                        formats[f],
                        right[f],
                        prompts,
                        same[f],
                        bits[f] / bytes));
            }
        }
    }

    private Mixture read(Document document, MemoryFormat format) {
        int[] prompt = Alphabet.begin(document.prompt().getBytes(StandardCharsets.US_ASCII));
        Mixture mixture = new Mixture(
                List.of(new Member(student, 1)), Weighting.FIXED, prompt.length + 3 * MOST_ANSWER_BYTES, 1, format);
        mixture.prefill(prompt, 0, prompt.length - 1);
        mixture.step(prompt[prompt.length - 1]);
        return mixture;
    }

    /** In nats, of an answer and its end, which a copy reads. */
    private static double score(Mixture mixture, String answer) {
        int[] encoded = Alphabet.encode(answer.getBytes(StandardCharsets.US_ASCII));
        int[] ended = Arrays.copyOf(encoded, encoded.length + 1);
        ended[encoded.length] = Alphabet.END;
        return mixture.copy().score(ended, 0, ended.length);
    }

    private static String answer(Mixture mixture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SymbolDecoder decoder = new SymbolDecoder();
        while (bytes.size() < MOST_ANSWER_BYTES) {
            int symbol = mixture.mostLikely(decoder);
            if (symbol == Alphabet.END) {
                break;
            }
            int value = decoder.accept(symbol);
            if (value >= 0) {
                bytes.write(value);
            }
            mixture.step(symbol);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}

package io.retort.distill.teachers.served;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.nano.SharedFixtures;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** The fixtures of stories260K: its vocabulary, and log-probabilities by transformers. */
public final class Stories {
    public static final int WINDOW = 250;

    private Stories() {}

    /** A position by transformers. */
    public record Expected(int window, int position, int id, double logProbability, Map<Integer, Double> likely) {}

    /** Windows of ids without beginning-of-sequence, as the fixture's header explains. */
    public static List<int[]> windows(int count) throws IOException {
        JsonNode ids = lines().get(0).path("first_2000_stream_ids");
        return IntStream.range(0, count)
                .mapToObj(w -> IntStream.range(w * WINDOW, (w + 1) * WINDOW)
                        .map(i -> ids.path(i).asInt())
                        .toArray())
                .toList();
    }

    public static List<Expected> expected(int windows) throws IOException {
        List<Expected> expected = new ArrayList<>();
        for (JsonNode line : lines().subList(1, 1 + windows * WINDOW)) {
            Map<Integer, Double> likely = new java.util.HashMap<>();
            for (int i = 0; i < line.path("top_ids").size(); i++) {
                likely.put(
                        line.path("top_ids").path(i).asInt(),
                        line.path("top_logprobs").path(i).asDouble());
            }
            int position = line.path("pos").asInt();
            expected.add(new Expected(
                    position / WINDOW,
                    position % WINDOW,
                    line.path("id").asInt(),
                    line.path("logprob").asDouble(),
                    likely));
        }
        return expected;
    }

    /** The windows, cut into pieces of 50 ids: as many sequences as meet enough faults. */
    static List<int[]> pieces(int windows) throws IOException {
        List<int[]> pieces = new ArrayList<>();
        for (int[] window : windows(windows)) {
            for (int from = 0; from < window.length; from += 50) {
                pieces.add(Arrays.copyOfRange(window, from, Math.min(window.length, from + 50)));
            }
        }
        return pieces;
    }

    /**
     * How far served distributions are from transformers' at worst, in nats.
     *
     * @param served {@code [window * WINDOW + position, vocabulary]}
     */
    static double largestDifference(List<Expected> expected, float[][] served) {
        double worst = 0;
        for (Expected row : expected) {
            float[] distribution = served[row.window() * WINDOW + row.position()];
            worst = Math.max(worst, Math.abs(distribution[row.id()] - row.logProbability()));
            for (Map.Entry<Integer, Double> likely : row.likely().entrySet()) {
                worst = Math.max(worst, Math.abs(distribution[likely.getKey()] - likely.getValue()));
            }
        }
        return worst;
    }

    private static List<JsonNode> lines() throws IOException {
        Path file = fixtures().resolve("stories260K-logprobs.jsonl.gz");
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(new ObjectMapper().readTree(line));
            }
        }
        return lines;
    }

    static Path fixtures() {
        return SharedFixtures.directory("stories260K").resolveSibling(".");
    }

    static Path weights() {
        return SharedFixtures.directory("stories260K-gguf").resolve("stories260K-f32.gguf");
    }

    /** The model's vocabulary; texts are cut at the longest piece that fits, which is not how its own tokenizer cuts. */
    static Tokenizer tokenizer() throws IOException {
        JsonNode vocabulary = new ObjectMapper()
                .readTree(fixtures().resolve("stories260K/tokenizer.json").toFile())
                .path("model")
                .path("vocab");
        byte[][] pieces = new byte[vocabulary.size()][];
        for (Map.Entry<String, JsonNode> entry : vocabulary.properties()) {
            pieces[entry.getValue().asInt()] = bytes(entry.getKey());
        }
        return new Pieces(pieces);
    }

    private static byte[] bytes(String piece) {
        if (piece.matches("<0x[0-9A-F]{2}>")) {
            return new byte[] {(byte) Integer.parseInt(piece.substring(3, 5), 16)};
        }
        return piece.matches("<unk>|<s>|</s>")
                ? new byte[0]
                : piece.replace('▁', ' ').getBytes(StandardCharsets.UTF_8);
    }

    private record Pieces(byte[][] pieces) implements Tokenizer {
        @Override
        public int vocabularySize() {
            return pieces.length;
        }

        @Override
        public int bos() {
            return 1;
        }

        @Override
        public int eos() {
            return 2;
        }

        @Override
        public int[] encode(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            List<Integer> ids = new ArrayList<>();
            for (int at = 0; at < bytes.length; at += pieces[ids.get(ids.size() - 1)].length) {
                ids.add(longest(bytes, at));
            }
            return ids.stream().mapToInt(Integer::intValue).toArray();
        }

        private int longest(byte[] bytes, int at) {
            int best = -1;
            for (int id = 0; id < pieces.length; id++) {
                byte[] piece = pieces[id];
                boolean fits = piece.length > 0
                        && at + piece.length <= bytes.length
                        && Arrays.equals(piece, 0, piece.length, bytes, at, at + piece.length);
                if (fits && (best < 0 || piece.length > pieces[best].length)) {
                    best = id;
                }
            }
            return best;
        }

        @Override
        public byte[] bytesOf(int id) {
            return pieces[id].clone();
        }

        @Override
        public String digest() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] piece : pieces) {
                all.write(piece.length);
                all.writeBytes(piece);
            }
            return io.retort.inference.digests.Sha256.hex(all.toByteArray());
        }
    }
}

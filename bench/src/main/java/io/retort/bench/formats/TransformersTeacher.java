package io.retort.bench.formats;

import io.retort.bench.BenchTexts;
import io.retort.bench.PythonRival;
import io.retort.bench.formats.TaughtText.TaughtChunk;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.logits.Chunk;
import io.retort.datasets.logits.Chunker;
import io.retort.datasets.logits.TokenisedDocument;
import io.retort.inference.digests.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Distributions of any checkpoint that transformers loads, tokenised and scored by {@code distributions.py}. */
final class TransformersTeacher {
    private static final int CONTEXT = 512;
    private static final int BOS = 1;
    private static final int EOS = 2;

    private TransformersTeacher() {}

    /** Teaches the first passages of a text until there are so many tokens, with Llama's special tokens and context. */
    static TaughtText teach(String checkpoint, String tokenizer, String text, int tokens)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("distributions");
        try {
            List<Chunk> chunks = new ArrayList<>();
            int count = 0;
            for (TokenisedDocument document : encoded(BenchTexts.passages(text), tokenizer, directory)) {
                if (count < tokens) {
                    chunks.addAll(Chunker.fitting(CONTEXT).chunks(document));
                    count += document.ids().length;
                }
            }
            return scored(chunks, checkpoint, directory);
        } finally {
            try (var files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }

    private static List<TokenisedDocument> encoded(List<Document> documents, String tokenizer, Path directory)
            throws IOException, InterruptedException {
        Path texts = directory.resolve("texts");
        Path lines = directory.resolve("ids");
        Files.writeString(texts, documents.stream().map(Document::text).collect(Collectors.joining("\0")));
        PythonRival.run("distributions.py", List.of("encode", tokenizer, texts.toString(), lines.toString()));
        List<String> read = Files.readAllLines(lines);
        List<TokenisedDocument> encoded = new ArrayList<>();
        for (int d = 0; d < documents.size(); d++) {
            byte[] text = documents.get(d).text().getBytes(StandardCharsets.UTF_8);
            encoded.add(new TokenisedDocument(
                    documents.get(d),
                    text,
                    numbers(read.get(2 * d), EOS),
                    numbers(read.get(2 * d + 1), text.length),
                    Optional.empty()));
        }
        return encoded;
    }

    private static int[] numbers(String line, int last) {
        int[] numbers =
                Arrays.stream(line.split(" ")).mapToInt(Integer::parseInt).toArray();
        int[] all = Arrays.copyOf(numbers, numbers.length + 1);
        all[numbers.length] = last;
        return all;
    }

    private static TaughtText scored(List<Chunk> chunks, String checkpoint, Path directory)
            throws IOException, InterruptedException {
        Path sequences = directory.resolve("sequences");
        Path out = directory.resolve("distributions");
        Files.write(
                sequences,
                chunks.stream()
                        .map(chunk -> Arrays.stream(chunk.ids())
                                .mapToObj(Integer::toString)
                                .collect(Collectors.joining(" ")))
                        .toList());
        String vocabulary = PythonRival.run(
                "distributions.py",
                List.of("score", checkpoint, sequences.toString(), Integer.toString(BOS), out.toString()));
        int size = Integer.parseInt(vocabulary);
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(out)).order(ByteOrder.LITTLE_ENDIAN);
        List<TaughtChunk> taught = new ArrayList<>();
        for (Chunk chunk : chunks) {
            float[][] distributions = new float[chunk.scoredCount()][size];
            all.position(all.position() + 4 * size * chunk.scoredFrom());
            for (float[] distribution : distributions) {
                all.asFloatBuffer().get(distribution);
                all.position(all.position() + 4 * size);
            }
            taught.add(new TaughtChunk(chunk, distributions));
        }
        String digest = Sha256.hex(checkpoint.getBytes(StandardCharsets.UTF_8));
        return new TaughtText(size, BOS, digest, digest, taught);
    }
}

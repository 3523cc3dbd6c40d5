package io.retort.datasets.bytes;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.logits.Chunk;
import io.retort.datasets.logits.Chunker;
import io.retort.datasets.logits.DocumentRows;
import io.retort.datasets.logits.LogitRowBuilder;
import io.retort.datasets.logits.LogitSettings;
import io.retort.datasets.logits.RowOutcome;
import io.retort.datasets.logits.TokenTransitions;
import io.retort.datasets.logits.TokenisedDocument;
import io.retort.datasets.suites.Suite;
import io.retort.datasets.suites.Suites;
import io.retort.datasets.tokenizers.BytePairTokenizer;
import io.retort.datasets.tokenizers.BytePairTrainer;
import io.retort.datasets.tokenizers.PiecePatterns;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prints how many bytes of text a thread aligns in a second of its processor time: documents of all suites, a vocabulary
 * of 1,024, a bigram model in place of a teacher. Run its main method; nothing is asserted.
 */
final class ByteAlignerTiming {
    private static final int VOCABULARY = 1_024;
    private static final int DOCUMENTS_PER_SUITE = 300;
    private static final int ROUNDS = 8;

    private ByteAlignerTiming() {}

    public static void main(String[] arguments) {
        List<Document> documents = new ArrayList<>();
        BytePairTrainer trainer = new BytePairTrainer(VOCABULARY - 3, PiecePatterns.RETORT);
        for (Suite suite : Suites.all()) {
            for (int i = 0; i < DOCUMENTS_PER_SUITE; i++) {
                Document document = suite.document(1, i);
                documents.add(document);
                trainer.add(document.text());
            }
        }
        BytePairTokenizer tokenizer = trainer.train();
        List<TokenisedDocument> tokenised = documents.stream()
                .map(document -> TokenisedDocument.of(document, tokenizer))
                .toList();
        float[][] bigrams = bigrams(tokenised, tokenizer);
        TokenTransitions transitions = new TokenTransitions(tokenizer.vocabularySize(), tokenizer.bos());
        List<DocumentRows> rows = new ArrayList<>();
        for (TokenisedDocument document : tokenised) {
            rows.add(score(document, bigrams, tokenizer.bos()));
            rows.get(rows.size() - 1).rows().forEach(transitions::add);
        }
        AlignmentModel model = new AlignmentModel(tokenizer, transitions);
        long tokens = rows.stream().mapToLong(DocumentRows::tokens).sum();
        for (AlignmentMethod method : AlignmentMethod.values()) {
            time(new ByteAligner(model, method), method, rows, tokens);
        }
    }

    private static void time(ByteAligner aligner, AlignmentMethod method, List<DocumentRows> rows, long tokens) {
        var threads = ManagementFactory.getThreadMXBean();
        double best = 0;
        long bytes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            bytes = 0;
            long start = threads.getCurrentThreadCpuTime();
            for (DocumentRows document : rows) {
                bytes += aligner.align(document).text().length;
            }
            best = Math.max(best, bytes / ((threads.getCurrentThreadCpuTime() - start) / 1e9));
        }
        System.out.printf(
                "%-20s %.0f KB/s a thread (%d bytes in %d tokens, best of %d rounds)%n",
                method, best / 1e3, bytes, tokens, ROUNDS);
    }

    /** Log-probabilities after each token, `[previous, token]`: bigram counts, smoothed by unigrams and those evenly. */
    private static float[][] bigrams(List<TokenisedDocument> documents, BytePairTokenizer tokenizer) {
        int size = tokenizer.vocabularySize();
        double[][] counts = new double[size][size];
        double[] unigram = new double[size];
        Arrays.fill(unigram, 1);
        for (TokenisedDocument document : documents) {
            int previous = tokenizer.bos();
            for (int id : document.ids()) {
                counts[previous][id]++;
                unigram[id]++;
                previous = id;
            }
        }
        double total = Arrays.stream(unigram).sum();
        float[][] logProbabilities = new float[size][size];
        for (int u = 0; u < size; u++) {
            double row = Arrays.stream(counts[u]).sum();
            for (int v = 0; v < size; v++) {
                logProbabilities[u][v] = (float) Math.log((counts[u][v] + 3 * unigram[v] / total) / (row + 3));
            }
        }
        return logProbabilities;
    }

    private static DocumentRows score(TokenisedDocument document, float[][] bigrams, int bos) {
        Chunk chunk = new Chunker(Integer.MAX_VALUE, 0).chunks(document).get(0);
        LogitRowBuilder builder = new LogitRowBuilder(chunk, LogitSettings.defaults());
        for (int position = 0; position < chunk.ids().length; position++) {
            builder.accept(position, bigrams[position == 0 ? bos : chunk.ids()[position - 1]]);
        }
        return new DocumentRows(List.of(((RowOutcome.Scored) builder.finish()).row()));
    }
}

package io.retort.datasets.logits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TokenTransitionsTest {
    private static final ByteTokenizer TOKENIZER = new ByteTokenizer();
    private static final LogitSettings SETTINGS = LogitSettings.defaults();

    @Test
    void theOrderAndGroupingOfRowsMakeNoDifference() {
        List<LogitRow> rows = rows(40);
        TokenTransitions together = transitions(rows);
        List<LogitRow> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(3));
        TokenTransitions merged = transitions(shuffled.subList(25, rows.size()));
        merged.merge(transitions(shuffled.subList(0, 7)));
        merged.merge(transitions(shuffled.subList(7, 25)));

        assertThat(merged.toBytes()).isEqualTo(together.toBytes());
        assertThat(TokenTransitions.fromBytes(together.toBytes()).toBytes()).isEqualTo(together.toBytes());
    }

    @Test
    void bytesThatAreNoTransitionsAreRefused() {
        byte[] whole = transitions(rows(2)).toBytes();
        for (int length = 0; length < whole.length; length += 5) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> TokenTransitions.fromBytes(cut)).isInstanceOf(InvalidDataException.class);
        }
        byte[] huge = whole.clone();
        Arrays.fill(huge, 12, 16, (byte) 0x7F);
        assertThatThrownBy(() -> TokenTransitions.fromBytes(huge)).isInstanceOf(InvalidDataException.class);
    }

    @Test
    void theTailModelIsTheSmoothedMeanAfterEachToken() {
        // One position after token 0 and one after token 1, all of it stored: 0.75 / 0.25, then 0.25 / 0.75.
        Chunk chunk = new Chunk(
                new ChunkOrigin("d", 0, "math", io.retort.datasets.corpus.Split.TRAIN, "e".repeat(64), 0),
                new int[] {1, 0},
                0,
                new int[] {0, 1});
        LogitRowBuilder builder = new LogitRowBuilder(chunk, SETTINGS);
        builder.accept(0, new float[] {(float) Math.log(0.75), (float) Math.log(0.25)});
        builder.accept(1, new float[] {(float) Math.log(0.25), (float) Math.log(0.75)});
        TokenTransitions transitions = new TokenTransitions(2, 0);
        transitions.add(((RowOutcome.Scored) builder.finish()).row());

        TailModel model = TailModel.of(transitions);

        assertThat(model.unigram()).containsExactly(new double[] {0.5, 0.5}, within(1e-6));
        // m(v|u) = (S(u,v) + 16 m(v)) / (1 + 16)
        double more = 8.75 / 17;
        assertThat(model.distribution(0)).containsExactly(new double[] {more, 1 - more}, within(1e-6));
        assertThat(model.distribution(1)).containsExactly(new double[] {1 - more, more}, within(1e-6));
    }

    @Test
    void aRebuiltDistributionSumsToOneAndIsCloserWithTheTailThanWithout() {
        List<LogitRow> rows = rows(60);
        TailModel tail = TailModel.of(transitions(rows));
        StoredDistribution stored = new StoredDistribution();
        double withTail = 0;
        double dropped = 0;
        int positions = 0;
        for (LogitRow row : rows) {
            int[] starts = row.entries().starts();
            for (int position = 1; position < row.tokens(); position++, positions++) {
                float[] full = RandomTeacher.distribution(
                        31L * row.origin().documentId().hashCode() + position, TOKENIZER.vocabularySize());
                stored.load(row, position, starts[position]);
                double[] rebuilt = stored.dense(tail, row.tokenIds()[position - 1]);
                double sum = Arrays.stream(rebuilt).sum();
                assertThat(sum).isCloseTo(1, within(1e-6));
                assertThat(rebuilt[row.tokenIds()[position]])
                        .isCloseTo(Math.exp(row.logProbabilities()[position]), within(1e-12));
                for (int id = 0; id < full.length; id++) {
                    double probability = Math.exp(full[id]);
                    boolean kept = isStored(stored, id);
                    withTail += probability * (full[id] - Math.log(rebuilt[id]));
                    dropped += probability * (full[id] - (kept ? Math.log(rebuilt[id]) : Math.log(1e-9)));
                }
            }
        }
        assertThat(withTail / positions).isBetween(0.0, 0.02);
        assertThat(dropped / positions).isGreaterThan(2 * withTail / positions);
    }

    private static boolean isStored(StoredDistribution stored, int id) {
        for (int e = 0; e < stored.count(); e++) {
            if (stored.id(e) == id) {
                return true;
            }
        }
        return false;
    }

    private static TokenTransitions transitions(List<LogitRow> rows) {
        TokenTransitions transitions = new TokenTransitions(TOKENIZER.vocabularySize(), TOKENIZER.bos());
        rows.forEach(transitions::add);
        return transitions;
    }

    private static List<LogitRow> rows(int documents) {
        List<LogitRow> rows = new ArrayList<>();
        for (int i = 0; i < documents; i++) {
            Document document = Document.of("math", "squares", i + " squared?\n", Integer.toString(i * i), List.of());
            new Chunker(1000, 0)
                    .chunks(TokenisedDocument.of(document, TOKENIZER))
                    .forEach(chunk -> rows.add(
                            ((RowOutcome.Scored) RandomTeacher.score(chunk, SETTINGS, TOKENIZER.vocabularySize()))
                                    .row()));
        }
        return rows;
    }
}

package io.retort.datasets.logits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retort.datasets.corpus.Split;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LogitRowBuilderTest {
    private static final LogitSettings SETTINGS = new LogitSettings(new EntrySelection.MostLikely(0.995, 4, 64), 9);
    private static final ChunkOrigin ORIGIN = new ChunkOrigin("d", 1, "math", Split.TEST, "e".repeat(64), 2);

    /** Two tokens of context, three scored ones. */
    private static final Chunk CHUNK = new Chunk(ORIGIN, new int[] {4, 5, 1, 0, 2}, 2, new int[] {7, 8, 9});

    @Test
    void aPositionKeepsTheFewestTokensThatReachTopP() {
        float[] distribution = logs(0.9, 0.05, 0.03, 0.0125, 0.0035, 0.002, 0.001, 0.001);

        StoredEntries entries = row(distribution).entries();

        // 0.9 + 0.05 + 0.03 + 0.0125 = 0.9925 < 0.995 <= 0.996
        assertThat(entries.counts()).containsOnly(5);
        assertThat(Arrays.copyOf(entries.ids(), 5)).containsExactly(0, 1, 2, 3, 4);
        assertThat(entries.tailMass()[0]).isCloseTo(0.004f, within(0.004f / 256));
    }

    @Test
    void aPositionKeepsAtLeastFourAndAtMostSixtyFourTokens() {
        float[] flat = new float[1000];
        Arrays.fill(flat, (float) -Math.log(1000));

        assertThat(row(logs(0.999, 0.0004, 0.0003, 0.0002, 0.00005, 0.00005))
                        .entries()
                        .counts())
                .containsOnly(4);
        StoredEntries many = row(flat).entries();
        assertThat(many.counts()).containsOnly(64);
        assertThat(Arrays.copyOf(many.ids(), 64))
                .isEqualTo(IntStream.range(0, 64).toArray());
        assertThat(many.tailMass()[0]).isCloseTo(0.936f, within(0.936f / 256));
    }

    @Test
    void logProbabilitiesOfActualTokensAreKeptToTheLastBit() {
        float[] distribution = RandomTeacher.distribution(5, 40);

        assertThat(row(distribution).logProbabilities())
                .containsExactly(distribution[1], distribution[0], distribution[2]);
    }

    @Test
    void aTinyTailIsNotLostInTheDifferenceFromOne() {
        double tiny = 1e-12;
        float[] distribution = logs(1, tiny, tiny, tiny, tiny / 2, tiny / 2);

        float[] tail = row(distribution).entries().tailMass();

        assertThat(tail[0]).isCloseTo(1e-12f, within(1e-12f / 200));
    }

    @Test
    void noiseInTheLastBitChangesNothingButTheActualTokensLogProbability() {
        float[] clean = RandomTeacher.distribution(9, 300);
        clean[7] = clean[8]; // two tokens that noise will order either way
        float[] noisy = clean.clone();
        for (int id = 0; id < noisy.length; id++) {
            noisy[id] = id % 2 == 0 ? Math.nextUp(noisy[id]) : Math.nextDown(noisy[id]);
        }

        StoredEntries one = row(clean).entries();
        StoredEntries other = row(noisy).entries();

        assertThat(other).usingRecursiveComparison().isEqualTo(one);
    }

    @Test
    void entriesOfAServerGiveTheSameRowAsTheWholeDistribution() {
        float[] distribution = RandomTeacher.distribution(3, 300);
        Integer[] order = IntStream.range(0, 300).boxed().toArray(Integer[]::new);
        Arrays.sort(order, (a, b) -> Float.compare(distribution[b], distribution[a]));
        int[] ids = IntStream.range(0, 100).map(i -> order[99 - i]).toArray();
        float[] values = new float[100];
        IntStream.range(0, 100).forEach(i -> values[i] = distribution[ids[i]]);
        LogitRowBuilder builder = new LogitRowBuilder(CHUNK, SETTINGS);
        for (int position = 2; position < 5; position++) {
            builder.acceptMostLikely(position, distribution[CHUNK.ids()[position]], ids, values);
        }

        LogitRow served = ((RowOutcome.Scored) builder.finish()).row();

        LogitRow whole = row(distribution);
        assertThat(served.entries().ids()).isEqualTo(whole.entries().ids());
        assertThat(served.entries().codes()).isEqualTo(whole.entries().codes());
        assertThat(served.logProbabilities()).isEqualTo(whole.logProbabilities());
        assertThat(served.entries().tailMass()[0]).isCloseTo(whole.entries().tailMass()[0], within(1e-5f));
    }

    @Test
    void equallyLikelyTokensOfAServerAreChosenByIdWhateverTheirOrder() {
        float[] flat = new float[100];
        Arrays.fill(flat, (float) -Math.log(100));
        int[] ids = IntStream.range(0, 80).map(i -> 79 - i).toArray();

        LogitRow served = ((RowOutcome.Scored) mostLikely(ids, Arrays.copyOf(flat, 80), SETTINGS)).row();

        assertThat(served.entries().ids()).isEqualTo(row(flat).entries().ids());
        assertThat(served.digest()).isEqualTo(row(flat).digest());
    }

    @Test
    void fewerEntriesThanAreToBeStoredAreAFault() {
        float[] likely = logs(0.6, 0.2, 0.1, 0.05);
        float[] all = logs(0.6, 0.2, 0.1, 0.1);
        int[] ids = {0, 1, 2, 3};
        LogitSettings fixed = new LogitSettings(EntrySelection.fixed(5), 3);

        RowOutcome tooFew = mostLikely(ids, likely, SETTINGS);
        assertThat(((RowOutcome.Quarantined) tooFew).row().reason()).isEqualTo(QuarantineReason.TOO_FEW_ENTRIES);
        assertThat(((RowOutcome.Quarantined) tooFew).row().detail())
                .startsWith("expected the entries that \"most-likely 0.995 4 64\" needs, found 4 with a probability of"
                        + " 0.9");
        assertThat(mostLikely(ids, likely, fixed)).isInstanceOf(RowOutcome.Quarantined.class);
        // A whole vocabulary of four has no fifth token to ask for.
        assertThat(mostLikely(ids, all, fixed)).isInstanceOf(RowOutcome.Scored.class);
        assertThat(mostLikely(ids, all, SETTINGS)).isInstanceOf(RowOutcome.Scored.class);
        assertThatThrownBy(() -> mostLikely(new int[] {0, 1, 1, 2}, likely, SETTINGS))
                .hasMessageContaining("expected distinct token ids, found 1 twice");
    }

    private static RowOutcome mostLikely(int[] ids, float[] values, LogitSettings settings) {
        LogitRowBuilder builder = new LogitRowBuilder(CHUNK, settings);
        for (int position = 2; position < 5; position++) {
            builder.acceptMostLikely(position, values[CHUNK.ids()[position]], ids, values);
        }
        return builder.finish();
    }

    @Test
    void drawsAreTheirShareOfTheDrawsAndTheSameEveryTime() {
        LogitSettings sampled = new LogitSettings(new EntrySelection.Sampled(200, 17), 3);
        float[] distribution = logs(0.5, 0.25, 0.125, 0.125);

        LogitRow one = row(distribution, sampled);

        assertThat(row(distribution, sampled).digest()).isEqualTo(one.digest());
        assertThat(one.entries().tailMass()).containsOnly(0);
        int[] starts = one.entries().starts();
        for (int position = 0; position < 3; position++) {
            for (int e = starts[position]; e < starts[position + 1]; e++) {
                double share = QuantisedLogProbability.probability(one.entries().codes()[e] & 0xFF);
                double expected = Math.exp(distribution[one.entries().ids()[e]]);
                // Four standard deviations of a binomial share, and the quantisation.
                double deviation = Math.sqrt(expected * (1 - expected) / 200);
                assertThat(share).isCloseTo(expected, within(4 * deviation + expected / 32));
            }
        }
    }

    @Test
    void faultsOfTheTeacherGoToQuarantineWithTheirReason() {
        float[] nan = logs(0.5, 0.25, 0.25);
        nan[1] = Float.NaN;
        float[] impossible = logs(0.5, 0.25, 0.25, 0);

        assertThat(outcome(nan)).isEqualTo(QuarantineReason.NOT_FINITE);
        assertThat(outcome(impossible)).isEqualTo(QuarantineReason.NOT_FINITE);
        assertThat(outcome(new float[] {1.5f, -0.2f, 3.1f})).isEqualTo(QuarantineReason.NOT_NORMALISED);
        assertThat(outcome(logs(0.5, 0.25, 0.24))).isEqualTo(QuarantineReason.NOT_NORMALISED);

        LogitRowBuilder tooFew = new LogitRowBuilder(CHUNK, SETTINGS);
        tooFew.accept(2, logs(0.5, 0.25, 0.25));
        assertThat(((RowOutcome.Quarantined) tooFew.finish()).row())
                .isEqualTo(new QuarantineRow(
                        ORIGIN,
                        QuarantineReason.MISSING_POSITIONS,
                        "expected distributions up to position 4, found them up to 2"));

        LogitRowBuilder refused = new LogitRowBuilder(CHUNK, SETTINGS);
        refused.refused("400: too long");
        assertThat(((RowOutcome.Quarantined) refused.finish()).row().detail()).isEqualTo("400: too long");
    }

    @Test
    void positionsOutOfOrderAreTheCallersFault() {
        LogitRowBuilder builder = new LogitRowBuilder(CHUNK, SETTINGS);
        builder.accept(0, logs(1)); // context: not even looked at

        assertThatThrownBy(() -> builder.accept(3, logs(0.5, 0.25, 0.25)))
                .hasMessage("document d chunk 1: expected position 2, found position 3");
        assertThatThrownBy(() -> builder.accept(2, logs(1)))
                .hasMessageContaining("expected a distribution over a vocabulary with token 1, found one over 1");
    }

    private static QuarantineReason outcome(float[] distribution) {
        LogitRowBuilder builder = new LogitRowBuilder(CHUNK, SETTINGS);
        for (int position = 0; position < 5; position++) {
            builder.accept(position, distribution);
        }
        return ((RowOutcome.Quarantined) builder.finish()).row().reason();
    }

    private static LogitRow row(float[] distribution) {
        return row(distribution, SETTINGS);
    }

    private static LogitRow row(float[] distribution, LogitSettings settings) {
        LogitRowBuilder builder = new LogitRowBuilder(CHUNK, settings);
        for (int position = 0; position < 5; position++) {
            builder.accept(position, distribution);
        }
        LogitRow row = ((RowOutcome.Scored) builder.finish()).row();
        assertThat(row.tokenIds()).containsExactly(1, 0, 2);
        assertThat(row.byteOffsets()).containsExactly(7, 8, 9);
        return row;
    }

    private static float[] logs(double... probabilities) {
        float[] logs = new float[probabilities.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = (float) Math.log(probabilities[i]);
        }
        return logs;
    }
}

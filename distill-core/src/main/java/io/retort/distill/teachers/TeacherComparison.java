package io.retort.distill.teachers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far one teacher's distributions are from another's on the same sequences: KL(reference ‖ teacher) in nats a token.
 * Tokens that either does not tell are taken as one, so with a teacher of entries it is a lower bound of the whole
 * divergence, and within rounding the whole where the entries carry nearly all of the mass.
 */
public final class TeacherComparison {
    /** Entries kept of a whole distribution: all of a small vocabulary. */
    private static final int MOST_ENTRIES = 4096;
    /** Of the standard normal distribution, for an interval that holds 95% of the time. */
    private static final double TWO_SIDED_95 = 1.959964;

    private static final double SMALLEST = 1e-12;

    private TeacherComparison() {}

    /**
     * What was found.
     *
     * @param sequences compared; those that either refused are not among them
     * @param tokens of them
     * @param klNatsPerToken mean of KL(reference ‖ teacher)
     * @param low end of its 95% interval, by the spread among sequences
     * @param high end of its 95% interval
     * @param largestDifference between both log-probabilities of an actual token, in nats
     */
    public record Divergence(
            int sequences, long tokens, double klNatsPerToken, double low, double high, double largestDifference) {}

    /**
     * Has both score the sequences.
     *
     * @param sequences ids of a tokenizer that both have
     * @throws UnsuitableTeacherException if their tokenizers differ, or fewer than two sequences are scored by both
     */
    public static Divergence compare(Teacher reference, Teacher teacher, List<int[]> sequences) {
        if (!reference.tokenizer().digest().equals(teacher.tokenizer().digest())) {
            throw new UnsuitableTeacherException("expected a reference with the tokenizer of "
                    + teacher.description().name() + ", found another in "
                    + reference.description().name());
        }
        List<Totals> totals = new ArrayList<>();
        for (int[] sequence : sequences) { // one after the other: a sequence's distributions are what memory holds
            Collected theirs = new Collected(sequence);
            teacher.score(List.of(sequence), theirs);
            Collected ours = new Collected(sequence);
            reference.score(List.of(sequence), ours);
            if (!theirs.refused && !ours.refused) {
                totals.add(totals(ours.positions, theirs.positions));
            }
        }
        return summarise(totals);
    }

    private record Totals(int tokens, double divergence, double largestDifference) {}

    private static Totals totals(List<LikelyTokens> reference, List<LikelyTokens> teacher) {
        double divergence = 0;
        double largest = 0;
        for (int position = 0; position < reference.size(); position++) {
            divergence += divergence(reference.get(position), teacher.get(position));
            double difference = (double) reference.get(position).actual()
                    - teacher.get(position).actual();
            largest = Math.max(largest, Math.abs(difference));
        }
        return new Totals(reference.size(), divergence, largest);
    }

    /** KL over the tokens that both tell and one more outcome for all others. */
    static double divergence(LikelyTokens reference, LikelyTokens teacher) {
        Map<Integer, Float> theirs = new HashMap<>();
        for (int i = 0; i < teacher.ids().length; i++) {
            theirs.put(teacher.ids()[i], teacher.logProbabilities()[i]);
        }
        double sum = 0;
        double restOfReference = 1;
        double restOfTeacher = 1;
        for (int i = 0; i < reference.ids().length; i++) {
            Float other = theirs.get(reference.ids()[i]);
            if (other != null) {
                double p = Math.exp(reference.logProbabilities()[i]);
                sum += p * (reference.logProbabilities()[i] - other);
                restOfReference -= p;
                restOfTeacher -= Math.exp(other);
            }
        }
        if (restOfReference > SMALLEST) {
            sum += restOfReference * Math.log(restOfReference / Math.max(restOfTeacher, SMALLEST));
        }
        return sum;
    }

    /** A ratio of sums over sequences, with the standard error of a ratio estimator (Cochran 1977, section 6.4). */
    private static Divergence summarise(List<Totals> totals) {
        int count = totals.size();
        if (count < 2) {
            throw new UnsuitableTeacherException("expected two sequences that both teachers score, found " + count);
        }
        long tokens = totals.stream().mapToLong(Totals::tokens).sum();
        double mean = totals.stream().mapToDouble(Totals::divergence).sum() / tokens;
        double squares = totals.stream()
                .mapToDouble(t -> Math.pow(t.divergence() - mean * t.tokens(), 2))
                .sum();
        double error = Math.sqrt(squares * count / (count - 1)) / tokens;
        double largest =
                totals.stream().mapToDouble(Totals::largestDifference).max().orElse(0);
        return new Divergence(count, tokens, mean, mean - TWO_SIDED_95 * error, mean + TWO_SIDED_95 * error, largest);
    }

    /** One sequence's distributions, the largest entries of each. */
    private static final class Collected implements LogProbabilityVisitor {
        private final int[] sequence;
        private final List<LikelyTokens> positions = new ArrayList<>();
        private boolean refused;

        Collected(int[] sequence) {
            this.sequence = sequence;
        }

        @Override
        public void accept(int index, int position, float[] logProbabilities) {
            int[] ids = largest(logProbabilities);
            float[] values = new float[ids.length];
            for (int i = 0; i < ids.length; i++) {
                values[i] = logProbabilities[ids[i]];
            }
            positions.add(new LikelyTokens(logProbabilities[sequence[position]], ids, values));
        }

        private static int[] largest(float[] logProbabilities) {
            float least = Float.NEGATIVE_INFINITY;
            if (logProbabilities.length > MOST_ENTRIES) {
                float[] sorted = logProbabilities.clone();
                Arrays.sort(sorted);
                least = sorted[sorted.length - MOST_ENTRIES];
            }
            int[] ids = new int[logProbabilities.length];
            int count = 0;
            for (int id = 0; id < logProbabilities.length; id++) {
                if (logProbabilities[id] >= least) {
                    ids[count++] = id;
                }
            }
            return Arrays.copyOf(ids, count);
        }

        @Override
        public void acceptMostLikely(int index, int position, LikelyTokens tokens) {
            positions.add(tokens);
        }

        @Override
        public void refused(int index, String words) {
            refused = true;
        }
    }
}

package io.retort.datasets.logits;

import java.util.SplittableRandom;

/** Log-probabilities that look like a teacher's: a few likely tokens and a long tail, from a seed. */
final class RandomTeacher {
    private RandomTeacher() {}

    /** The distribution of one position. */
    static float[] distribution(long seed, int vocabulary) {
        SplittableRandom random = new SplittableRandom(seed);
        double peak = 1 + 6 * random.nextDouble();
        double[] logits = new double[vocabulary];
        double sum = 0;
        for (int id = 0; id < vocabulary; id++) {
            double uniform = random.nextDouble();
            logits[id] = -peak * Math.log(-Math.log(uniform + 1e-12) + 1e-3);
            sum += Math.exp(logits[id]);
        }
        float[] logProbabilities = new float[vocabulary];
        for (int id = 0; id < vocabulary; id++) {
            logProbabilities[id] = (float) (logits[id] - Math.log(sum));
        }
        return logProbabilities;
    }

    /** The row of a chunk, its distributions seeded by the document's id and the position. */
    static RowOutcome score(Chunk chunk, LogitSettings settings, int vocabulary) {
        LogitRowBuilder builder = new LogitRowBuilder(chunk, settings);
        for (int position = 0; position < chunk.ids().length; position++) {
            builder.accept(
                    position, distribution(31L * chunk.origin().documentId().hashCode() + position, vocabulary));
        }
        return builder.finish();
    }
}

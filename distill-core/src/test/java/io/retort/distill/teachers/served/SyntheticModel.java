package io.retort.distill.teachers.served;

import io.retort.distill.teachers.LogProbabilityVisitor;
import io.retort.distill.teachers.Teacher;
import io.retort.distill.teachers.TeacherDescription;
import java.util.List;
import java.util.SplittableRandom;

/** A model whose distributions are a function of the two tokens before and a seed: peaked, and the same everywhere. */
record SyntheticModel(long seed, ByteIds tokenizer) implements Teacher {
    /** ln p over the vocabulary after {@code prefix}, beginning-of-sequence included. */
    float[] next(List<Integer> prefix) {
        int last = prefix.get(prefix.size() - 1);
        int before = prefix.size() < 2 ? -1 : prefix.get(prefix.size() - 2);
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + last * 4099L + before);
        double[] logits = new double[tokenizer.vocabularySize()];
        double sum = 0;
        for (int id = 0; id < logits.length; id++) {
            logits[id] = -4 * Math.log(1 - random.nextDouble());
            sum += Math.exp(logits[id]);
        }
        float[] logProbabilities = new float[logits.length];
        for (int id = 0; id < logits.length; id++) {
            logProbabilities[id] = (float) (logits[id] - Math.log(sum));
        }
        return logProbabilities;
    }

    @Override
    public TeacherDescription description() {
        return new TeacherDescription("synthetic", "synthetic", "0".repeat(64), 1, 1, contextTokens());
    }

    @Override
    public int contextTokens() {
        return 512;
    }

    @Override
    public void score(List<int[]> sequences, LogProbabilityVisitor visitor) {
        for (int s = 0; s < sequences.size(); s++) {
            List<Integer> prefix = new java.util.ArrayList<>(List.of(tokenizer.bos()));
            for (int position = 0; position < sequences.get(s).length; position++) {
                visitor.accept(s, position, next(prefix));
                prefix.add(sequences.get(s)[position]);
            }
        }
    }

    @Override
    public void close() {}
}

package io.retort.inference.schemas;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.digests.SplitMix64;
import io.retort.inference.students.CountedState;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentState;

/**
 * A student that knows nothing: each of its predictions is drawn anew, from a seed.
 *
 * @param spread of the logits; 0 finds all symbols equally likely
 */
record RandomStudent(long seed, double spread) implements Student {
    @Override
    public int alphabetSize() {
        return Alphabet.SIZE;
    }

    @Override
    public long parameterCount() {
        return 1;
    }

    @Override
    public StudentState newState(int maxSymbols) {
        return new CountedState(maxSymbols);
    }

    @Override
    public void step(StudentState state, int symbol, float[] logProbabilities) {
        prefill(state, symbol);
        SplitMix64 random = new SplitMix64(seed * 1_000_003 + state.position());
        double sum = 0;
        for (int i = 0; i < logProbabilities.length; i++) {
            logProbabilities[i] = (float) (spread * random.nextDouble());
            sum += Math.exp(logProbabilities[i]);
        }
        for (int i = 0; i < logProbabilities.length; i++) {
            logProbabilities[i] -= (float) Math.log(sum);
        }
    }

    @Override
    public void prefill(StudentState state, int symbol) {
        ((CountedState) state).read();
    }
}

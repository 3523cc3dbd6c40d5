package io.retort.inference.server;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.students.CountedState;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentState;
import java.util.Arrays;
import java.util.concurrent.Semaphore;

/**
 * A student that writes the alphabet again and again and never ends, as fast as a test lets it: each symbol that is read
 * takes a permit.
 */
final class ChainStudent implements Student {
    /** Of the likeliest symbol; the others share what is left. */
    static final double LIKELIEST = 0.9;

    private final Semaphore steps;

    ChainStudent(Semaphore steps) {
        this.steps = steps;
    }

    @Override
    public int alphabetSize() {
        return Alphabet.SIZE;
    }

    @Override
    public long parameterCount() {
        return 0;
    }

    @Override
    public StudentState newState(int maxSymbols) {
        return new CountedState(maxSymbols);
    }

    @Override
    public void step(StudentState state, int symbol, float[] logProbabilities) {
        prefill(state, symbol);
        Arrays.fill(logProbabilities, (float) Math.log((1 - LIKELIEST) / (Alphabet.SIZE - 1)));
        int letter = Alphabet.byteOf(symbol);
        int next = letter >= 'a' && letter < 'z' ? letter + 1 : 'a';
        logProbabilities[Alphabet.symbolOf(next)] = (float) Math.log(LIKELIEST);
    }

    @Override
    public void prefill(StudentState state, int symbol) {
        steps.acquireUninterruptibly();
        ((CountedState) state).read();
    }
}

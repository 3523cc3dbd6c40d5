package io.retort.jobs.clusters;

import io.retort.datasets.corpus.Beginning;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentState;
import io.retort.jobs.distil.Fleet;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Experts that say how likely each symbol of a text is; made once a process however many tasks ask. */
final class Readers {
    private static final ConcurrentMap<Fleet, List<Student>> STUDENTS = new ConcurrentHashMap<>();

    private final List<Student> students;

    private Readers(List<Student> students) {
        this.students = students;
    }

    static Readers of(Fleet fleet) {
        return new Readers(STUDENTS.computeIfAbsent(fleet, Fleet::students));
    }

    /** What an expert says of the symbols of the rest and of its end, ln p. */
    float[] read(int expert, Beginning text) {
        Student student = students.get(expert);
        int size = student.alphabetSize();
        int[] seen = Alphabet.begin(text.seen());
        int[] rest = Alphabet.encode(text.rest());
        StudentState state = student.newState(seen.length + rest.length);
        float[] rows = new float[Math.max(1, rest.length) * size];
        float[] logs = new float[rest.length + 1];
        student.prefill(state, seen, 0, seen.length - 1);
        student.step(state, seen, seen.length - 1, seen.length, rows);
        logs[0] = rows[rest.length == 0 ? Alphabet.END : rest[0]];
        student.step(state, rest, 0, rest.length, rows);
        for (int i = 1; i <= rest.length; i++) {
            logs[i] = rows[(i - 1) * size + (i == rest.length ? Alphabet.END : rest[i])];
        }
        return logs;
    }

    /** What those with a weight say, an expert each; the others stay without. */
    float[][] read(double[] weights, Beginning text) {
        float[][] logs = new float[students.size()][0];
        for (int i = 0; i < logs.length; i++) {
            if (weights[i] > 0) {
                logs[i] = read(i, text);
            }
        }
        return logs;
    }

    /** Equal weights. */
    double[] uniform() {
        double[] weights = new double[students.size()];
        Arrays.fill(weights, 1.0 / weights.length);
        return weights;
    }
}

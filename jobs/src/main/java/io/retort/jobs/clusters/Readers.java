package io.retort.jobs.clusters;

import io.retort.datasets.corpus.Beginning;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.ensembles.TextReader;
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
        int[] rest = Alphabet.encode(text.rest());
        StudentState state = student.newState(TextReader.symbolsOf(text.seen()) + rest.length);
        float[] predicted = new float[student.alphabetSize()];
        int last = Alphabet.END;
        for (int symbol : Alphabet.encode(text.seen())) {
            student.prefill(state, last);
            last = symbol;
        }
        student.step(state, last, predicted);
        float[] logs = new float[rest.length + 1];
        for (int i = 0; i < rest.length; i++) {
            logs[i] = predicted[rest[i]];
            student.step(state, rest[i], predicted);
        }
        logs[rest.length] = predicted[Alphabet.END];
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

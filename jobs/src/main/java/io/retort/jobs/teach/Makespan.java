package io.retort.jobs.teach;

import java.util.PriorityQueue;

/** How long tasks take that begin in order, each as soon as one of those before it ends. */
final class Makespan {
    private Makespan() {}

    /**
     * @param seconds of each item, in order
     * @param slices into which the items are cut, as even in number as can be, a task each
     * @param tasks at once
     */
    static double of(double[] seconds, int slices, int tasks) {
        PriorityQueue<Double> ends = new PriorityQueue<>();
        for (int i = 0; i < tasks; i++) {
            ends.add(0.0);
        }
        double last = 0;
        for (int slice = 0; slice < slices; slice++) {
            int from = (int) ((long) slice * seconds.length / slices);
            int to = (int) ((slice + 1L) * seconds.length / slices);
            double end = ends.remove();
            for (int i = from; i < to; i++) {
                end += seconds[i];
            }
            ends.add(end);
            last = Math.max(last, end);
        }
        return last;
    }
}

package io.retort.distill.students;

/** What a teacher expects at each position of a document, over the students' alphabet. Immutable. */
public interface SoftTargets {

    /** No teacher: confidence 0 everywhere. */
    SoftTargets NONE = new SoftTargets() {
        @Override
        public float confidence(int position) {
            return 0;
        }

        @Override
        public void add(int position, float weight, float[] row, int offset) {
            throw new IllegalStateException("there is no teacher to ask about position " + position);
        }
    };

    /** How far the distribution at a position is to be trusted, 0 to 1; 0 where there is none. */
    float confidence(int position);

    /**
     * Adds {@code weight} times the distribution at a position, which sums to 1, to {@code row[offset ..]}, one entry a
     * symbol. Called only where {@link #confidence} is above 0.
     */
    void add(int position, float weight, float[] row, int offset);
}

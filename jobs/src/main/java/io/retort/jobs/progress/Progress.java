package io.retort.jobs.progress;

/** Shows how far work is. Implementations are used by one thread at a time. */
public interface Progress {
    /** Shows nothing. */
    Progress SILENT = new Progress() {
        @Override
        public Track start(String title, long total, String unit) {
            return Track.SILENT;
        }

        @Override
        public void note(String line) {}
    };

    /**
     * Begins a piece of work.
     *
     * @param title what is being done
     * @param total how much there is, at least 0
     * @param unit what is counted, such as {@code documents}
     */
    Track start(String title, long total, String unit);

    /** Says something once, on a line of its own. */
    void note(String line);

    /** One piece of work under way. */
    interface Track extends AutoCloseable {
        /** Shows nothing. */
        Track SILENT = new Track() {
            @Override
            public void at(long done, String detail) {}

            @Override
            public void close() {}
        };

        /** So much is done; {@code detail} is a few words about the present state, or empty. */
        void at(long done, String detail);

        /** The work is over, done or not. */
        @Override
        void close();
    }
}

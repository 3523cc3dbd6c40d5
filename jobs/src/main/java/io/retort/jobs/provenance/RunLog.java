package io.retort.jobs.provenance;

import java.io.IOException;
import java.util.Map;

/** What a job tells about its run while it is under way. */
public interface RunLog {
    /** For a run that has nothing to do and leaves no record. */
    RunLog NONE = new RunLog() {
        @Override
        public void input(String name, String digest) {}

        @Override
        public void output(String name, String digest) {}

        @Override
        public void event(String type, Map<String, ?> fields) {}
    };

    /** Something was read, by id or digest. */
    void input(String name, String digest);

    /** Something was made, by id or digest. */
    void output(String name, String digest);

    /** Something happened, with its figures, which JSON can hold. */
    void event(String type, Map<String, ?> fields) throws IOException;
}

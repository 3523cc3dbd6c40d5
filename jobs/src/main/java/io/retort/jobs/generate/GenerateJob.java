package io.retort.jobs.generate;

import io.retort.jobs.commands.RetortMain;

/** All stages as one Spark application. */
public final class GenerateJob {
    private GenerateJob() {}

    /** Main class for spark-submit, with the options of {@code retort generate}. */
    public static void main(String[] args) {
        RetortMain.submitted("generate", args);
    }
}

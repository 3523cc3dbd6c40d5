package io.retort.jobs.commands;

import io.retort.jobs.workspaces.Workspace;
import java.nio.file.Path;

/** Sends what libraries log to a file, so that the terminal shows what the command says. */
final class Logging {
    private static final String CONFIGURATION = "log4j2.configurationFile";
    private static final String DIRECTORY = "retort.logs";

    private Logging() {}

    /**
     * Warnings go to {@code logs/retort.log} of the workspace, where that is a local directory, and to the directory for
     * temporary files otherwise. Has an effect before the first logger is made; logging that spark-submit or a user has
     * set up is left alone.
     */
    static void into(Workspace workspace) {
        boolean submitted = System.getProperty("spark.submit.deployMode") != null;
        if (submitted || System.getProperty(CONFIGURATION) != null) {
            return;
        }
        Path logs = workspace
                .local()
                .map(root -> root.resolve("logs"))
                .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "retort-logs"));
        System.setProperty(CONFIGURATION, "classpath:retort-log4j2.xml");
        System.setProperty(DIRECTORY, logs.toString());
    }
}

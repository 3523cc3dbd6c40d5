package io.retort.jobs.mlflow;

/** Names of tags. */
final class RunTags {
    /** The run's id in the workspace: there is one run in MLflow of each. */
    static final String RUN = "retort.run";
    /** There when all of the run was told. */
    static final String LOGGED = "retort.logged";
    /** How it ended, in the words of the record. */
    static final String OUTCOME = "retort.outcome";
    /** The digest of a version's bundle. */
    static final String DIGEST = "retort.digest";

    private RunTags() {}

    static String input(String name) {
        return FlatJson.key("retort.input." + name);
    }

    static String output(String name) {
        return FlatJson.key("retort.output." + name);
    }

    /** On the run that made the thing of this id, its kind. */
    static String made(String id) {
        return "retort.made." + id;
    }
}

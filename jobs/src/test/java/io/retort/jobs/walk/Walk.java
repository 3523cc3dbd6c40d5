package io.retort.jobs.walk;

import io.retort.jobs.commands.CommandLineRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The smallest settings by which all stages run, and the commands with them. */
final class Walk {
    private Walk() {}

    /** Words of a command on a workspace in a directory with tiny settings of two domains. */
    static String[] words(String command, Path workspace, String... more) throws IOException, InterruptedException {
        return words(command, workspace.toString(), more);
    }

    /** The same on a workspace wherever it is. */
    static String[] words(String command, String workspace, String... more) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(command, "--workspace", workspace));
        for (String setting : List.of(
                "domains=[math,reasoning]",
                "spark.master=local[2]",
                "teacher.path=" + TinyTeacher.directory(),
                "domain-defaults.documents.train=40",
                "domain.math.documents.train=40",
                "domain.reasoning.documents.train=40",
                "domain-defaults.documents.validation=10",
                "domain-defaults.documents.test=20",
                "domain.reasoning.documents.test=20",
                "domain-defaults.training.steps=4",
                "domain.math.training.steps=4",
                "domain.reasoning.training.steps=4",
                "domain-defaults.training.batch-symbols=1024",
                "domain.math.training.batch-symbols=1024",
                "domain.reasoning.training.batch-symbols=1024",
                "domain-defaults.training.longest-sequence=256",
                "teach.shard-documents=8",
                "distil.validate-every-steps=2",
                "route.epochs=2",
                "evaluate.cross-documents=4",
                "evaluate.bootstrap-replicates=20",
                "evaluate.ngram-bytes=10000")) {
            words.add("--set");
            words.add(setting);
        }
        words.addAll(List.of(more));
        return words.toArray(new String[0]);
    }

    /** Runs a command in this process. */
    static CommandLineRun run(String command, Path workspace, String... more) throws IOException, InterruptedException {
        return CommandLineRun.of(words(command, workspace, more));
    }
}

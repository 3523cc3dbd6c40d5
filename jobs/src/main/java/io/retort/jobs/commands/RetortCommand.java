package io.retort.jobs.commands;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root: says which commands there are. */
@Command(
        name = CommandLines.NAME,
        description = "Distils a large teacher language model into a fleet of tiny per-domain experts.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Begin with: retort quickstart",
            "Exit codes: 0 done, 1 a gate failed, 2 wrong usage or bad input, 3 a fault that a retry may cure,",
            "130 interrupted (what was done is kept)."
        })
final class RetortCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "expected a command");
    }
}

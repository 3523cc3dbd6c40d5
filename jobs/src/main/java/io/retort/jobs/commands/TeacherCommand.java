package io.retort.jobs.commands;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code retort teacher}: what can be done with teachers. */
@Command(name = "teacher", description = "Works on teachers.", synopsisSubcommandLabel = "COMMAND")
final class TeacherCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "expected a command");
    }
}

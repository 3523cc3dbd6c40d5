package io.retort.jobs.commands;

import io.retort.jobs.failures.ExitCode;
import io.retort.jobs.failures.Failure;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Puts the commands together with the handling of what they throw. */
final class CommandLines {
    static final String NAME = "retort";

    private CommandLines() {}

    static CommandLine create(Console console) {
        CommandLine commandLine = new CommandLine(new RetortCommand());
        Commands.all(console).forEach(commandLine::addSubcommand);
        answerHelp(commandLine);
        return commandLine
                .setOut(new PrintWriter(console.out(), true))
                .setErr(new PrintWriter(console.err(), true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, args) -> wrongUsage(console, e))
                .setExecutionExceptionHandler((e, failed, parsed) -> failed(console, e, debug(parsed)));
    }

    /** Gives every command --help and --version. By inheritance they would bring the root's footer along. */
    private static void answerHelp(CommandLine commandLine) {
        CommandSpec spec = commandLine.getCommandSpec();
        if (spec.findOption("--version") == null) {
            spec.mixinStandardHelpOptions(true).versionProvider(new VersionLines());
        } else {
            // Versions of its own are what the command is about.
            spec.addOption(OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Show this help message and exit.")
                    .build());
        }
        commandLine.getSubcommands().values().forEach(CommandLines::answerHelp);
    }

    private static int wrongUsage(Console console, CommandLine.ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        console.err().println(NAME + ": " + Failure.oneLine(e.getMessage()) + "; see " + command + " --help");
        return ExitCode.BAD_INPUT.code();
    }

    static int failed(Console console, Throwable thrown, boolean debug) {
        Failure failure = Failure.of(thrown);
        console.err().println(NAME + ": " + failure.line());
        if (debug) {
            thrown.printStackTrace(console.err());
        }
        return failure.exitCode().code();
    }

    private static boolean debug(CommandLine.ParseResult parsed) {
        for (CommandLine.ParseResult at = parsed; at != null; at = at.subcommand()) {
            if (at.hasMatchedOption("--debug")) {
                return true;
            }
        }
        return false;
    }
}

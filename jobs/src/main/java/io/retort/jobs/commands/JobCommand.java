package io.retort.jobs.commands;

import io.retort.jobs.Job;
import io.retort.jobs.Spec;
import io.retort.jobs.config.Settings;
import io.retort.jobs.reports.Report;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The command of one job.
 *
 * @param <S> the job's spec
 * @param <R> the job's report
 */
@Command(sortOptions = false)
final class JobCommand<S extends Spec, R extends Report> implements Callable<Integer> {
    @Mixin
    private CommonOptions options = new CommonOptions();

    private final JobLauncher launcher;
    private final Function<Settings, S> specOf;
    private final Job<S, R> job;

    private JobCommand(JobLauncher launcher, Function<Settings, S> specOf, Job<S, R> job) {
        this.launcher = launcher;
        this.specOf = specOf;
        this.job = job;
    }

    static <S extends Spec, R extends Report> CommandLine of(
            JobLauncher launcher, Job<S, R> job, Function<Settings, S> specOf, String description) {
        CommandLine command = new CommandLine(new JobCommand<>(launcher, specOf, job));
        command.getCommandSpec().name(job.name()).usageMessage().description(description);
        return command;
    }

    @Override
    public Integer call() throws Exception {
        return launcher.launch(options, List.of(), (settings, runner) -> runner.run(job, specOf.apply(settings)));
    }
}

package io.retort.jobs.commands;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.teachers.training.BaseTeacher;
import io.retort.distill.teachers.training.ContinuedRecipe;
import io.retort.distill.teachers.training.CorpusTexts;
import io.retort.distill.teachers.training.TeacherRecipe;
import io.retort.distill.teachers.training.TeacherTrainer;
import io.retort.distill.teachers.training.TrainingProgress;
import io.retort.distill.teachers.training.TrainingTexts;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code retort teacher train}. */
@Command(
        name = "train",
        sortOptions = false,
        description =
                "Trains a teacher of Kimi-K2's architecture in small by a recipe: a new one on the generated suites, or"
                        + " one that is there further, on these or on a corpus of files.")
final class TrainTeacherCommand implements Callable<Integer> {
    @Option(names = "--recipe", required = true, paramLabel = "FILE", description = "The recipe, a JSON file.")
    private Path recipe = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The teacher's directory; a run that was stopped goes on there.")
    private Path directory = Path.of("");

    @Option(
            names = "--continue",
            paramLabel = "DIR",
            description = "Train this teacher further, keeping its shape and its tokenizer: a checkpoint directory, or"
                    + " embedded for the one in the jar.")
    private @Nullable String base;

    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            description =
                    "With --continue: the corpus, made by retort prepare, whose train split is learnt from and whose"
                            + " other splits are held back; the generated suites if not given.")
    private @Nullable String corpus;

    @Option(names = "--json", description = "Give the report as JSON on standard output.")
    private boolean json;

    @Option(names = "--debug", description = "Show the stack trace of an error.")
    private boolean debug;

    private final Console console;
    private Progress.@Nullable Track track;

    TrainTeacherCommand(Console console) {
        this.console = console;
    }

    private static String cost(TeacherRecipe.SchedulePlan schedule) {
        String most = "at most " + Figures.count(schedule.steps()) + " steps of about "
                + Figures.count(schedule.stepTokens()) + " tokens, " + schedule.threads() + " threads";
        return schedule.mostMinutes() > 0
                ? most + ", ended after about " + Figures.decimal(schedule.mostMinutes(), 0) + " minutes"
                : most;
    }

    /** A training that is ready to run. */
    private record Training(String name, TeacherRecipe.SchedulePlan schedule, TeacherTrainer trainer) {}

    private Training training() throws IOException {
        String json = Files.readString(recipe);
        if (base == null) {
            if (corpus != null) {
                throw new IllegalArgumentException("--corpus: expected --continue with it, found none");
            }
            TeacherRecipe parsed = TeacherRecipe.parse(json);
            return new Training(
                    parsed.name(), parsed.schedule(), new TeacherTrainer(parsed, directory, this::progressed));
        }
        ContinuedRecipe parsed = ContinuedRecipe.parse(json);
        BaseTeacher teacher = base.equals("embedded") ? BaseTeacher.embedded() : BaseTeacher.load(Path.of(base));
        TrainingTexts texts = corpus == null
                ? TrainingTexts.SUITES
                : CorpusTexts.read(
                        Storage.local(),
                        Location.of(Path.of(corpus).toAbsolutePath().toString()));
        return new Training(
                parsed.name(),
                parsed.schedule(),
                TeacherTrainer.continuing(teacher, parsed, texts, directory, this::progressed));
    }

    private void progressed(TrainingProgress progress) {
        Progress.Track shown = track;
        if (shown == null) {
            shown = console.progress().start("teacher train", progress.plannedSteps(), "steps");
            track = shown;
        }
        shown.at(
                progress.step(),
                "loss " + Figures.decimal(progress.loss(), 3) + ", "
                        + Figures.count(Math.round(progress.tokensPerSecond())) + " tokens/s");
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PlatformCheck.requireNativeEngine();
        Training parsed = training();
        boolean finished = Files.exists(directory.resolve(TrainedTeacherReport.SCORES));
        Logging.into(Workspace.at(directory.toString()));
        console.err()
                .println("teacher train: train " + parsed.name() + " into " + directory + ": "
                        + cost(parsed.schedule()));
        return Interruption.guard(console, () -> {}, () -> train(parsed, finished))
                .code();
    }

    private void train(Training training, boolean finished) throws IOException, InterruptedException {
        try {
            training.trainer().run();
        } finally {
            if (track != null) {
                track.close();
            }
        }
        console.print(
                TrainedTeacherReport.of(directory, finished ? Completion.ALREADY_DONE : Completion.DONE),
                json ? Console.Form.JSON : Console.Form.TEXT);
    }
}

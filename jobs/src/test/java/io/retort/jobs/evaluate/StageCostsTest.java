package io.retort.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.datasets.storage.Storage;
import io.retort.eval.report.RunCost;
import io.retort.jobs.config.Settings;
import io.retort.jobs.distil.DistilSpec;
import io.retort.jobs.sessions.SparkWork;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records as runs leave them, written by hand. */
class StageCostsTest {
    private static final String SEVEN_TASKS = "{\"event\":\"spark\",\"work\":{\"tasks\":7,\"taskSeconds\":2.5,"
            + "\"counters\":{\"teacher tokens\":1000,\"teacher cost\":9}}}\n";

    @TempDir
    Path workspace;

    private int runs;

    private EvaluateSpec spec(String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "workspace=" + workspace, "domains=[math,reasoning]", "teach.price-per-million-tokens=2000000"));
        settings.addAll(List.of(more));
        return EvaluateSpec.of(Settings.load(Optional.empty(), Map.of(), settings));
    }

    private Path run(String job, String id, String events) throws IOException {
        Path directory = Files.createDirectories(workspace.resolve("runs/2026-" + runs++ + "-" + job + "-" + id));
        return Files.writeString(directory.resolve("events.jsonl"), events);
    }

    private static String training(DistilSpec round, String domain) {
        String name =
                round.directory(round.only(List.of(domain)).experts().get(0)).name();
        return "{\"event\":\"training\",\"experts\":[\"" + name + "\"]}\n";
    }

    private void shard(DistilSpec round, String name, int requests, int tokens) throws IOException {
        Path costs = Files.createDirectories(
                workspace.resolve("logits/" + round.bytes().logits().logitsId() + "/costs"));
        Files.writeString(
                costs.resolve(name + ".json"),
                "{\"documents\":1,\"requests\":" + requests + ",\"teacherTokens\":" + tokens
                        + ",\"phases\":{\"tokenise\":1,\"forward\":0.5,\"select\":1,\"write\":1}}");
    }

    private static RunCost.Stage stage(EvaluateSpec spec, String name) throws IOException {
        return StageCosts.of(spec, Storage.local(), Optional.of(SparkWork.NONE)).stages().stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTrainingOfOneDomainsExpertCountsAndOneOfOtherExpertsDoesNot() throws Exception {
        EvaluateSpec spec = spec();
        DistilSpec experts = spec.router().experts();
        for (String domain : List.of("math", "reasoning")) {
            DistilSpec one = experts.only(List.of(domain));
            run("distil", one.expertsId(), training(experts, domain) + SEVEN_TASKS);
        }
        run("distil", "0123456789abcdef", "{\"event\":\"training\",\"experts\":[\"math-other\"]}\n" + SEVEN_TASKS);

        RunCost.Stage distil = stage(spec, "distil");
        assertThat(distil.runs()).isEqualTo(new RunCost.Runs(2, 0));
        assertThat(distil.tasks().done()).isEqualTo(14);
    }

    @Test
    void theRunsOfEarlierRoundsCountAndTheWritingBetweenThem() throws Exception {
        EvaluateSpec spec = spec("distil.rounds=1");
        List<DistilSpec> rounds = spec.router().experts().rounds();
        assertThat(rounds).hasSize(2);
        run("prepare", rounds.get(0).bytes().logits().corpus().corpusId(), SEVEN_TASKS);
        run("write", rounds.get(1).bytes().logits().corpus().corpusId(), SEVEN_TASKS);
        for (DistilSpec round : rounds) {
            run("teach", round.bytes().logits().logitsId(), SEVEN_TASKS);
            run("align", round.bytes().bytesId(), SEVEN_TASKS);
            run("distil", round.expertsId(), SEVEN_TASKS);
        }

        for (String once : List.of("prepare", "write", "evaluate")) {
            assertThat(stage(spec, once).runs().recorded()).as(once).isEqualTo(1);
        }
        for (String twice : List.of("teach", "align", "distil")) {
            assertThat(stage(spec, twice).runs().recorded()).as(twice).isEqualTo(2);
        }
    }

    /** A run that is killed leaves no event, and Spark forgets what a failed task counted. */
    @Test
    void theTeachersTokensAreThoseOfAllShardsHoweverTheRunsEnded() throws Exception {
        EvaluateSpec spec = spec();
        DistilSpec experts = spec.router().experts();
        run("teach", experts.bytes().logits().logitsId(), "{\"event\":\"started\"}\n");
        run("teach", experts.bytes().logits().logitsId(), SEVEN_TASKS);
        shard(experts, "shard-a", 3, 700);
        shard(experts, "shard-b", 4, 1000);

        RunCost.Stage teach = stage(spec, "teach");
        assertThat(teach.runs().recorded()).isEqualTo(1);
        assertThat(teach.teacher()).isEqualTo(new RunCost.Teacher(1700, 7, 1.0, 3400));
    }

    @Test
    void aShardThatALaterRoundHasFromAnEarlierOneCountsOnce() throws Exception {
        EvaluateSpec spec = spec("distil.rounds=1");
        for (DistilSpec round : spec.router().experts().rounds()) {
            shard(round, "shard-of-both", 3, 700);
        }
        shard(spec.router().experts(), "shard-of-the-second", 1, 10);

        assertThat(stage(spec, "teach").teacher().tokens()).isEqualTo(710);
    }

    @Test
    void eventsThatCannotBeReadAreSaidToBeLostAndTheOthersCount() throws Exception {
        EvaluateSpec spec = spec();
        String id = spec.router().routerId();
        run("route", id, SEVEN_TASKS);
        run("route", id, "{\"event\":\n");
        try (RandomAccessFile large = new RandomAccessFile(run("route", id, "").toFile(), "rw")) {
            large.setLength((64L << 20) + 1);
        }
        Files.delete(run("route", id, ""));

        assertThat(stage(spec, "route").runs()).isEqualTo(new RunCost.Runs(1, 2));
    }
}

package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.distill.teachers.NanoTeacher;
import io.retort.distill.teachers.TeacherScoring;
import io.retort.inference.digests.Sha256;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.ScoringRequest;
import io.retort.jobs.commands.CommandLineRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeachIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path workspace;

    private static JsonNode undisturbed;

    @BeforeAll
    static void undisturbed() throws Exception {
        SharedSpark.session();
        undisturbed = teach(workspace);
    }

    private static JsonNode teach(Path workspace, String... more) throws Exception {
        CommandLineRun prepared = Walk.run("prepare", workspace, more);
        assertThat(prepared.code()).as(prepared.err()).isZero();
        List<String> words = new ArrayList<>(List.of(more));
        words.add("--json");
        CommandLineRun taught = Walk.run("teach", workspace, words.toArray(new String[0]));
        assertThat(taught.code()).as(taught.err()).isZero();
        return JSON.readTree(taught.out());
    }

    /** Digests of all data files below a directory, by their paths. */
    static TreeMap<String, String> digests(Path directory, String ending) throws Exception {
        TreeMap<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(ending)).toList()) {
                digests.put(directory.relativize(file).toString(), Sha256.hex(file));
            }
        }
        return digests;
    }

    @Test
    void theSameFilesComeOfOneTwoAndSevenSlices(@TempDir Path directory) throws Exception {
        for (int slices : new int[] {1, 2, 7}) {
            Path other = directory.resolve(Integer.toString(slices));
            JsonNode report = teach(other, "--set", "spark.slices=" + slices);

            assertThat(report.get("datasetDigest")).isEqualTo(undisturbed.get("datasetDigest"));
            assertThat(digests(other.resolve("corpora"), ".parquet"))
                    .isEqualTo(digests(workspace.resolve("corpora"), ".parquet"))
                    .hasSize(6);
            assertThat(digests(other.resolve("logits"), ".parquet"))
                    .isEqualTo(digests(workspace.resolve("logits"), ".parquet"))
                    .hasSize(undisturbed.get("shardsMade").asInt());
        }
    }

    @Test
    void aSecondRunDoesNothingAndSaysSo() throws Exception {
        long runs = runs();

        CommandLineRun again = Walk.run("teach", workspace);

        assertThat(again.code()).isZero();
        assertThat(again.err()).contains("teach: all is there");
        assertThat(again.out()).contains("nothing to do");
        assertThat(runs()).isEqualTo(runs);
    }

    private static long runs() throws Exception {
        try (Stream<Path> runs = Files.list(workspace.resolve("runs"))) {
            return runs.count();
        }
    }

    @Test
    void aRunThatWasKilledIsFinishedByTheNextWithTheSameFiles(@TempDir Path directory) throws Exception {
        Walk.run("prepare", directory);
        Process child = ChildProcess.start(Walk.words("teach", directory));
        Path costs = Path.of(undisturbed.get("location").asText().replace(workspace.toString(), directory.toString()))
                .resolve("costs");
        while (child.isAlive() && (!Files.exists(costs) || costs.toFile().list().length < 3)) {
            Thread.sleep(20);
        }
        child.destroyForcibly().waitFor();
        assertThat(costs.resolveSibling("manifest.json")).doesNotExist();

        JsonNode report = teach(directory);

        assertThat(report.get("shardsFound").asInt()).isPositive();
        assertThat(report.get("datasetDigest")).isEqualTo(undisturbed.get("datasetDigest"));
        // Parquet lists a column's encodings in an order that differs between processes, so the bytes of files may.
        assertThat(digests(directory.resolve("logits"), ".parquet").keySet())
                .isEqualTo(digests(workspace.resolve("logits"), ".parquet").keySet());
    }

    @Test
    void aDamagedShardIsMadeAgain(@TempDir Path directory) throws Exception {
        teach(directory);
        Path manifest = Path.of(
                        undisturbed.get("location").asText().replace(workspace.toString(), directory.toString()))
                .resolve("manifest.json");
        Files.delete(manifest);
        Path shard = manifest.resolveSibling(
                digests(manifest.getParent(), ".parquet").firstKey());
        byte[] bytes = Files.readAllBytes(shard);
        bytes[bytes.length / 2] ^= 1;
        Files.write(shard, bytes);

        JsonNode report = teach(directory);

        assertThat(report.get("shardsMade").asInt()).isEqualTo(1);
        assertThat(digests(directory.resolve("logits"), ".parquet"))
                .isEqualTo(digests(workspace.resolve("logits"), ".parquet"));
    }

    /** DuckDB reads the files, and the teacher itself gives the reference: each document scored alone. */
    @Test
    void logProbabilitiesOfADocumentSumToWhatTheTeacherGivesForItAlone() throws Exception {
        String logits = workspace.resolve("logits") + "/*/domain=*/*.parquet";
        String corpus = workspace.resolve("corpora") + "/*/*/*/*.parquet";
        int compared = 0;
        try (NanoTeacher teacher = NanoTeacher.load(TinyTeacher.directory());
                TeacherScoring scoring = new TeacherScoring(teacher);
                Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select prompt || answer as text, sum(list_sum(logprobs)) as nats"
                                + " from read_parquet('" + logits + "', hive_partitioning = false) l"
                                + " join read_parquet('" + corpus
                                + "', hive_partitioning = false) c using (document_id)"
                                + " group by document_id, text order by document_id")) {
            while (rows.next()) {
                byte[] text = rows.getString("text").getBytes(StandardCharsets.UTF_8);
                double alone = scoring.logLikelihoods(List.of(new ScoringRequest(new byte[0], text, Ending.END)))[0];
                assertThat(rows.getDouble("nats")).isCloseTo(alone, within(1e-4 * text.length));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(100);
    }

    @Test
    void aRunLeavesItsProvenance() throws Exception {
        try (Stream<Path> runs = Files.list(workspace.resolve("runs"))) {
            Path run = runs.filter(path -> path.toString().contains("-teach-"))
                    .findFirst()
                    .orElseThrow();
            JsonNode provenance = JSON.readTree(run.resolve("provenance.json").toFile());

            assertThat(provenance.get("outcome").asText()).isEqualTo("done");
            assertThat(provenance.get("inputs").has("corpus")).isTrue();
            assertThat(provenance.get("outputs").get("logits digest")).isEqualTo(undisturbed.get("datasetDigest"));
            assertThat(provenance.get("code").get("version").asText()).isNotEmpty();
            assertThat(Files.readAllLines(run.resolve("events.jsonl"))).hasSizeGreaterThanOrEqualTo(2);
        }
    }
}

package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.jobs.commands.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzeIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path workspace;

    private static JsonNode report;

    @BeforeAll
    static void analysis() throws Exception {
        SharedSpark.session();
        CommandLineRun prepared = Walk.run("prepare", workspace);
        assertThat(prepared.code()).as(prepared.err()).isZero();
        report = analyze(workspace);
    }

    private static JsonNode analyze(Path workspace, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("--json", "--set", "analyze.permutations=50"));
        words.addAll(List.of(more));
        CommandLineRun run = Walk.run("analyze", workspace, words.toArray(new String[0]));
        assertThat(run.code()).as(run.err()).isZero();
        return JSON.readTree(run.out());
    }

    private static Path directory() {
        return Path.of(report.get("location").asText());
    }

    @Test
    void theTinyTeachersLayerAndItsExpertsAreThere() {
        // Two layers, the first dense; four experts of width 24 in a model of width 32.
        assertThat(report.get("weights")).hasSize(1);
        assertThat(report.get("weights").get(0).get("experts")).hasSize(4);
        JsonNode gate = report.get("weights").get(0).get("experts").get(0).get("gate");
        assertThat(gate.get("rows").asInt()).isEqualTo(24);
        assertThat(gate.get("columns").asInt()).isEqualTo(32);
        assertThat(gate.get("participationRatio").asDouble()).isBetween(1.0, 24.0);
        JsonNode layer = report.get("routing").get("layers").get(0);
        assertThat(layer.get("layer").asInt()).isEqualTo(1);
        assertThat(layer.get("information").get("bits").asDouble()).isBetween(0.0, 1.0);
        assertThat(layer.get("information").get("permutations").asInt()).isEqualTo(50);
    }

    @Test
    void duckDbReadsTheTablesAndSharesSumToOne() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("select sum(share) as total, sum(choices) as choices,"
                    + " count(*) as rows from '" + directory().resolve("routing.parquet") + "' group by domain")) {
                int domains = 0;
                while (rows.next()) {
                    assertThat(rows.getDouble("total")).isCloseTo(1, within(1e-9));
                    assertThat(rows.getInt("rows")).isEqualTo(4);
                    assertThat(rows.getLong("choices")).isPositive();
                    domains++;
                }
                assertThat(domains).isEqualTo(2);
            }
            try (ResultSet row = statement.executeQuery(
                    "select count(*) as experts, min(gate_norm) as norm, max(abs(nearest_cosine)) as cosine from '"
                            + directory().resolve("experts.parquet") + "'")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getInt("experts")).isEqualTo(4);
                assertThat(row.getDouble("norm")).isPositive();
                assertThat(row.getDouble("cosine")).isBetween(0.0, 1.0);
            }
        }
    }

    @Test
    void thePageIsCompleteInItself() throws Exception {
        String page = Files.readString(directory().resolve("report.html"));

        assertThat(page)
                .contains(
                        "Experts by domain",
                        "Likeness of experts",
                        report.get("id").asText());
        assertThat(page).doesNotContain("<script", "http://", "https://", "NaN");
    }

    @Test
    void noResultDependsOnTheSlices(@TempDir Path other) throws Exception {
        CommandLineRun prepared = Walk.run("prepare", other);
        assertThat(prepared.code()).as(prepared.err()).isZero();

        JsonNode sliced = analyze(other, "--set", "spark.slices=1");

        assertThat(sliced.get("routing")).isEqualTo(report.get("routing"));
        assertThat(sliced.get("weights")).isEqualTo(report.get("weights"));
        assertThat(TeachIT.digests(other.resolve("analysis"), ".parquet"))
                .isEqualTo(TeachIT.digests(workspace.resolve("analysis"), ".parquet"))
                .hasSize(2);
    }

    @Test
    void aSecondRunDoesNothingAndGivesTheSameReport() throws Exception {
        CommandLineRun again = Walk.run("analyze", workspace, "--json", "--set", "analyze.permutations=50");

        assertThat(again.err()).contains("analyze: all is there");
        JsonNode second = JSON.readTree(again.out());
        assertThat(second.get("completion").asText()).isEqualTo("ALREADY_DONE");
        assertThat(second.get("routing")).isEqualTo(report.get("routing"));
    }

    @Test
    void aCheckpointWithoutExpertsAndASketchOfAnOddSizeAreRefused(@TempDir Path empty) throws Exception {
        CommandLineRun none = Walk.run(
                "analyze", workspace, "--set", "analyze.checkpoint=" + empty, "--set", "analyze.parts=[static]");
        CommandLineRun odd = Walk.run("analyze", workspace, "--set", "analyze.sketch=1000");

        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("expected a checkpoint").contains(empty.toString());
        assertThat(odd.code()).isEqualTo(2);
        assertThat(odd.err()).contains("power of 2").contains("1000");
    }

    @Test
    void aMicroExpertIsFittedOnceAndBeginsAStudentOfItsWidth(@TempDir Path other) throws Exception {
        String[] words = {"extract-micro-expert", "--layer", "1", "--expert", "2", "--hidden", "6", "--json", "--width"
        };
        JsonNode micro = subcommand(workspace, words, "12", "--set", "analyze.micro.steps=20");
        JsonNode again = subcommand(workspace, words, "12", "--set", "analyze.micro.steps=20");

        assertThat(again.get("completion").asText()).isEqualTo("ALREADY_DONE");
        assertThat(again.get("quality")).isEqualTo(micro.get("quality"));
        assertThat(micro.get("parameters").asInt()).isEqualTo(3 * 6 * 12);
        assertThat(micro.get("expertParameters").asInt()).isEqualTo(3 * 24 * 32);
        assertThat(micro.get("quality").get("heldBackRows").asInt()).isPositive();
        assertThat(micro.get("quality").get("trained").asDouble())
                .isLessThan(micro.get("quality").get("ceiling").asDouble());

        String file = micro.get("file").asText();
        String[] narrow = {"--init-from", file, "--set", "domain-defaults.student.width=12"};
        CommandLineRun wide = Walk.run("distil", other, "--init-from", file);
        assertThat(wide.code()).isEqualTo(2);
        assertThat(wide.err()).contains("does not fit expert math").contains("found width 12 and 6 hidden channels");
        for (String stage : new String[] {"prepare", "teach", "align"}) {
            assertThat(Walk.run(stage, other).code()).isZero();
        }
        CommandLineRun drawn = distil(other, narrow[2], narrow[3]);
        CommandLineRun begun = distil(other, narrow);
        assertThat(begun.code()).as(begun.err()).isZero();
        assertThat(JSON.readTree(begun.out()).get("id"))
                .isNotEqualTo(JSON.readTree(drawn.out()).get("id"));
        assertThat(TeachIT.digests(other.resolve("experts"), ".safetensors")).hasSize(4);
        assertThat(TeachIT.digests(other.resolve("experts"), ".safetensors").values())
                .doesNotHaveDuplicates();
    }

    private static CommandLineRun distil(Path workspace, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("--json", "--set", "domain-defaults.student.hidden=10"));
        words.addAll(List.of(more));
        return Walk.run("distil", workspace, words.toArray(new String[0]));
    }

    private static JsonNode subcommand(Path workspace, String[] subcommand, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("analyze"));
        words.addAll(List.of(subcommand));
        words.addAll(List.of(more));
        List<String> common = List.of(Walk.words("", workspace));
        words.addAll(common.subList(1, common.size()));
        CommandLineRun run = CommandLineRun.of(words.toArray(new String[0]));
        assertThat(run.code()).as(run.err()).isZero();
        return JSON.readTree(run.out());
    }

    @Test
    void trainingWeightsAreThoseOfTheDomainsDocumentsWithAMeanOfOne() throws Exception {
        JsonNode weights = subcommand(
                workspace,
                new String[] {"generate-training-data", "--domain", "math", "--json"},
                "--set",
                "analyze.permutations=50");

        assertThat(weights.get("documents").asInt()).isEqualTo(40);
        String corpus = workspace.resolve("corpora") + "/*/domain=math/split=train/*.parquet";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) as documents, avg(weight) as mean from '"
                        + weights.get("file").asText() + "' join read_parquet('" + corpus
                        + "', hive_partitioning = false) using (document_id)")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getInt("documents")).isEqualTo(40);
            assertThat(row.getDouble("mean")).isCloseTo(1, within(1e-9));
        }

        // What `teach --weights` draws by them: fewer training documents of math, all of the others.
        String[] half = {"--weights", weights.get("file").asText(), "--json"};
        CommandLineRun taught = Walk.run("teach", workspace, half);
        assertThat(taught.code()).as(taught.err()).isZero();
        assertThat(taught.err()).contains("training documents: 50.0% of each domain that has weights in ");
        JsonNode domains = JSON.readTree(taught.out()).get("domains");
        assertThat(domains.get(0).get("domain").asText()).isEqualTo("math");
        assertThat(domains.get(0).get("rows").asInt()).isBetween(10 + 8, 10 + 32);
        assertThat(domains.get(1).get("rows").asInt()).isEqualTo(10 + 40);
        CommandLineRun audited = Walk.run("teach", workspace, "--weights", half[1], "--verify");
        assertThat(audited.code()).as(audited.err()).isZero();
    }

    @Test
    void weightsOfOtherDocumentsAndFilesWithoutWeightsAreNamed() throws Exception {
        CommandLineRun none = Walk.run("teach", workspace, "--weights", workspace + "/none.parquet");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err())
                .contains("expected a file of weights", "found nothing at " + workspace + "/none.parquet");

        Path documents;
        try (Stream<Path> files = Files.walk(workspace.resolve("corpora"))) {
            documents = files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
        CommandLineRun other = Walk.run("teach", workspace, "--weights", documents.toString());
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err())
                .contains("expected document_id and weight of a training document at " + documents
                        + ":1: weight not found");

        Path strangers = workspace.resolve("strangers.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "copy (select md5(i::varchar) as document_id, 1.0::double as weight from range(3) t(i)) to '"
                            + strangers + "' (format parquet)");
        }
        CommandLineRun unknown = Walk.run("teach", workspace, "--weights", strangers.toString());
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("found none of its documents in " + strangers);
    }

    @Test
    void weightsWithoutTheirAnalysisAndExpertsThatAreNotThereAreRefused() throws Exception {
        CommandLineRun early = CommandLineRun.of(withSettings("generate-training-data", "--domain", "math"));
        CommandLineRun unknown = CommandLineRun.of(withSettings("generate-training-data", "--domain", "chess"));
        CommandLineRun none = CommandLineRun.of(withSettings("extract-micro-expert", "--expert", "4"));

        assertThat(early.code()).isEqualTo(2);
        assertThat(early.err()).contains("retort analyze with the same settings");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("chess");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("0 to 3, found 4 of layer 1");
    }

    private static String[] withSettings(String... subcommand) throws Exception {
        List<String> words = new ArrayList<>(List.of("analyze"));
        words.addAll(List.of(subcommand));
        List<String> common = List.of(Walk.words("", workspace));
        words.addAll(common.subList(1, common.size()));
        return words.toArray(new String[0]);
    }
}

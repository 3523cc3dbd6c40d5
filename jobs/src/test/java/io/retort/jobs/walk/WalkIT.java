package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.inference.files.KeyFiles;
import io.retort.inference.signing.SigningKey;
import io.retort.jobs.commands.CommandLineRun;
import io.retort.jobs.provenance.CodeVersion;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All stages in one workspace, from a corpus to a bundle that answers. */
class WalkIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    static Path workspace;

    private static JsonNode generated;

    @BeforeAll
    static void walk() throws Exception {
        SharedSpark.session();
        generated = generate();
    }

    private static JsonNode generate() throws Exception {
        CommandLineRun run = Walk.run(
                "generate",
                workspace,
                "--json",
                "--set",
                "distil.control=ce",
                "--set",
                "teach.price-per-million-tokens=50000");
        assertThat(run.code()).as(run.err()).isZero();
        return JSON.readTree(run.out());
    }

    private static Path bundle() {
        return Path.of(stage(generated, "bundle").get("directory").asText());
    }

    private static JsonNode stage(JsonNode report, String job) {
        for (JsonNode stage : report.get("stages")) {
            if (stage.get("job").asText().equals(job)) {
                return stage;
            }
        }
        throw new AssertionError("no stage " + job + " in " + report);
    }

    /** A file of the report: other tests make other reports in the same workspace. */
    private static Path report(String name) {
        return workspace
                .resolve("reports")
                .resolve(stage(generated, "evaluate").get("id").asText())
                .resolve(name);
    }

    private static Path only(Path directory, String name) throws Exception {
        try (Stream<Path> found = Files.walk(directory)) {
            return found.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
        }
    }

    @Test
    void aSecondRunFindsAllDone() throws Exception {
        JsonNode again = generate();

        assertThat(again.get("completion").asText()).isEqualToIgnoringCase("already_done");
        assertThat(stage(again, "bundle").get("directory"))
                .isEqualTo(stage(generated, "bundle").get("directory"));
        assertThat(again.get("stages")).hasSize(7);
        for (JsonNode stage : again.get("stages")) {
            assertThat(stage.get("completion").asText()).as(stage.toString()).isEqualToIgnoringCase("already_done");
        }
    }

    @Test
    void theReportAndItsFiguresAreThere() throws Exception {
        Path report = report("report.html");
        JsonNode results = JSON.readTree(report("results.json").toFile());

        assertThat(Files.readString(report))
                .contains("<svg", "math", "reasoning")
                .doesNotContain("src=\"http");
        assertThat(results.get("groups").has("math")).isTrue();
    }

    @Test
    void theReportSaysWhatEachStageCostAndTheTeachersTokensAtTheirPrice() throws Exception {
        long tokens = 0;
        Path logits = workspace
                .resolve("logits")
                .resolve(stage(generated, "teach").get("id").asText());
        try (Stream<Path> costs = Files.list(logits.resolve("costs"))) {
            for (Path cost : costs.toList()) {
                tokens += JSON.readTree(cost.toFile()).get("teacherTokens").longValue();
            }
        }
        String report = Files.readString(report("report.html"));
        String section = report.substring(report.indexOf("<section id=\"cost\""));
        section = section.substring(0, section.indexOf("</section>"));

        for (String stage : List.of("prepare", "teach", "align", "distil", "route", "evaluate")) {
            assertThat(section).contains(">" + stage + "<");
        }
        assertThat(section).doesNotContain("none recorded");
        assertThat(section).contains(String.format(Locale.ROOT, "%,d", tokens));
        // A price of 5 cents a token.
        assertThat(section).contains(String.format(Locale.ROOT, "%.4f", tokens * 0.05));
    }

    @Test
    void everyControlThatTheReportDefinesIsComparedOnAllTestDocuments() throws Exception {
        JsonNode comparisons = JSON.readTree(report("results.json").toFile())
                .get("comparisons")
                .get("math");
        for (String model : List.of("expert", "ensemble")) {
            for (String control : List.of("majority", "uniform", "top-1", "best-single", "math-ce", "oracle")) {
                JsonNode comparison = comparisons.path(model + " − " + control);
                assertThat(comparison.path("documents").asInt())
                        .as(model + " − " + control + " in " + comparisons)
                        .isEqualTo(20);
                assertThat(comparison.has("undefined")).isFalse();
            }
        }
    }

    @Test
    void theRoutersFiguresAreInTheReportTheResultsAndTheTable() throws Exception {
        JsonNode routing = JSON.readTree(report("results.json").toFile()).get("routing");
        Path router = workspace
                .resolve("routers")
                .resolve(stage(generated, "route").get("id").asText());

        assertThat(routing.get("documents").asInt()).isEqualTo(40);
        assertThat(routing.get("first_choice")).hasSize(4);
        for (JsonNode choice : routing.get("first_choice")) {
            assertThat(choice.get("accuracy").get("documents").asInt()).isEqualTo(40);
            assertThat(choice.get("accuracy").get("lower").isNumber()).isTrue();
        }
        assertThat(routing.at("/answer_bits_per_byte/ensemble/regret/upper").isNumber())
                .isTrue();
        assertThat(routing.at("/calibration/next_symbols/after/ece").isNumber()).isTrue();
        assertThat(routing.at("/calibration/answers/before/predictions").asInt())
                .isEqualTo(40);
        for (String domain : List.of("math", "reasoning")) {
            assertThat(router.resolve("without=" + domain).resolve("router.safetensors"))
                    .isRegularFile();
            assertThat(routing.at("/unknown/domains/" + domain + "/area/value").isNumber())
                    .isTrue();
        }
        assertThat(Files.readString(report("report.html"))).contains("id=\"router\"", "Unknown domain");
        assertThat(Files.readString(report("summary.txt"))).contains("calibration error of next symbols");
        assertThat(Files.readString(router.resolve("router.json"))).contains("\"calibration\"", "\"temperature\"");
    }

    @Test
    void everyExpertHasAtMostTheParametersAskedFor() throws Exception {
        JsonNode experts = stage(generated, "distil").get("experts");
        assertThat(experts).hasSize(4);
        for (JsonNode expert : experts) {
            int most = expert.get("domain").asText().equals("math") ? 20_000 : 10_000;
            assertThat(expert.get("parameters").asInt()).isBetween(most * 9 / 10, most);
        }
    }

    @Test
    void theBundleIsWholeAndItsCommandsAnswer() throws Exception {
        CommandLineRun verified = CommandLineRun.of("verify-bundle", bundle().toString());

        assertThat(verified.code()).as(verified.err()).isZero();
    }

    private static CommandLineRun sign(Path key) throws Exception {
        return Walk.run("bundle", workspace, "--json", "--set", "distil.control=ce", "--sign-key", key.toString());
    }

    @Test
    void aBundleThatIsThereGetsItsSignatureOnceAndNoOtherVersionIsMade(@TempDir Path keys) throws Exception {
        Path key = keys.resolve("key");
        KeyFiles.write(key, SigningKey.generate());
        KeyFiles.write(keys.resolve("other"), SigningKey.generate());
        String fingerprint = KeyFiles.read(key).signer().fingerprint();

        CommandLineRun first = sign(key);
        assertThat(first.code()).as(first.err()).isZero();
        JsonNode signed = JSON.readTree(first.out());
        assertThat(signed.get("completion").asText()).isEqualToIgnoringCase("done");
        assertThat(signed.get("directory").asText()).isEqualTo(bundle().toString());
        assertThat(signed.get("signer").asText()).isEqualTo(fingerprint);
        assertThat(JSON.readTree(sign(key).out()).get("completion").asText()).isEqualToIgnoringCase("already_done");

        CommandLineRun other = sign(keys.resolve("other"));
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains(fingerprint);
        assertThat(CommandLineRun.of("verify-bundle", "--trust", fingerprint, bundle().toString())
                        .code())
                .isZero();
        assertThat(CommandLineRun.of("verify-bundle", "--trust", keys.resolve("other.pub") + "", bundle().toString())
                        .code())
                .isEqualTo(2);
    }

    /** What a user of the bundle has: a JDK and one jar, which README finds by a pattern that a shell expands. */
    @Test
    void theInferenceJarAloneAnswersByTheLineOfTheReadme() throws Exception {
        Shell help = Shell.run("exec " + JAVA + " -jar inference/target/retort-inference-*.jar --help");
        Shell answer = Shell.run("exec " + JAVA + " -jar inference/target/retort-inference-*.jar infer --bundle '"
                + bundle() + "' --json '2 + 3 ='");

        assertThat(help.code()).as(help.err()).isZero();
        String jar = help.out().lines().findFirst().orElseThrow().replaceAll(".*-jar (\\S+) .*", "$1");
        assertThat(Path.of("..", "inference", "target", jar)).isRegularFile();
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(JSON.readTree(answer.out()).toString()).contains("math");
    }

    @Test
    void inferAnswersFromTheNewestBundleOfAWorkspaceThatIsNamedByAUri() throws Exception {
        CommandLineRun run =
                CommandLineRun.of("infer", "--workspace", workspace.toUri().toString(), "--json", "2 + 3 =");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(JSON.readTree(run.out()).toString()).contains("math");
    }

    @Test
    void aWorkspaceMayBeNamedByAFileUri() throws Exception {
        CommandLineRun run = Walk.run(
                "generate",
                workspace,
                "--json",
                "--set",
                "distil.control=ce",
                "--set",
                "workspace=" + workspace.toUri());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(JSON.readTree(run.out()).get("completion").asText()).isEqualToIgnoringCase("already_done");
    }

    @Test
    void generateRefusesAtOnceAWorkspaceThatItCannotReach() throws Exception {
        CommandLineRun run = CommandLineRun.of("generate", "--workspace", "nosuch://nowhere/x");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains("expected a workspace that can be reached at nosuch://nowhere/x", "No FileSystem for scheme");
    }

    @Test
    void expertsAreFoundAgainWithoutTheirControls() throws Exception {
        CommandLineRun run = Walk.run("distil", workspace);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("distil: all is there");
    }

    /** As spark-submit starts it: the shaded jar, and of the rest only what Spark brings. */
    @Test
    void theJobsJarTeachesWithNothingButSparkBesideIt(@TempDir Path other) throws Exception {
        assertThat(Walk.run("prepare", other).code()).isZero();
        Path target = Path.of("target").toAbsolutePath();
        List<String> words = new ArrayList<>(List.of(JAVA));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--add-opens"))
                .forEach(words::add);
        words.addAll(List.of(
                "-cp",
                only(target, "retort-jobs-" + CodeVersion.current().version() + ".jar") + ":"
                        + Files.readString(target.resolve("provided.classpath")) + ":" + alsoOfSpark(target),
                "io.retort.jobs.teach.TeachJob"));
        List<String> options = List.of(Walk.words("teach", other, "--json"));
        words.addAll(options.subList(1, options.size()));
        Path said = other.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(words).redirectError(said.toFile());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(Files.readString(said)).isZero();
        assertThat(JSON.readTree(out).get("datasetDigest"))
                .isEqualTo(stage(generated, "teach").get("datasetDigest"));
    }

    /** Libraries that Spark brings and a module names itself besides: all that is not inside the jar. */
    private static String alsoOfSpark(Path target) throws Exception {
        return Stream.of(Files.readString(target.resolve("runtime.classpath"))
                        .strip()
                        .split(":"))
                .filter(
                        entry -> !entry.matches(
                                ".*/(target|ai/djl|com/google/code/gson|com/typesafe|info/picocli|me/tongfei|net/java|org/jline)/.*"))
                .collect(Collectors.joining(":"));
    }
}

package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.ModelKind;
import io.retort.inference.digests.Sha256;
import io.retort.jobs.commands.CommandLineRun;
import io.retort.jobs.evaluate.OutcomeFile;
import io.retort.jobs.mlflow.MlflowProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is retrained on newer data is held against the champion on the newer test documents. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class RetrainIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Other settings than these make another corpus. */
    private static final String NEWER = "seed=99";

    private static final int TEST_DOCUMENTS = 8;
    private static final List<String> SMALL = List.of(
            "domain.math.documents.train=16",
            "domain.reasoning.documents.train=16",
            "domain-defaults.documents.validation=4",
            "domain-defaults.documents.test=" + TEST_DOCUMENTS,
            "domain.reasoning.documents.test=" + TEST_DOCUMENTS,
            "evaluate.compare-stored=[]");

    @TempDir
    static Path workspace;

    @BeforeAll
    static void twoCorporaAndTheirBundles() throws Exception {
        SharedSpark.session();
        made();
        made("--set", NEWER);
        Files.writeString(gates(), "bits_per_byte.* not worse than champion by 100 at 95%\n");
    }

    private static Path gates() {
        return workspace.resolve("gates.conf");
    }

    private static CommandLineRun run(String command, String... more) throws Exception {
        List<String> words = new ArrayList<>();
        for (String setting : SMALL) {
            words.addAll(List.of("--set", setting));
        }
        words.addAll(List.of(more));
        return Walk.run(command, workspace, words.toArray(new String[0]));
    }

    private static CommandLineRun done(String command, String... more) throws Exception {
        CommandLineRun run = run(command, more);
        assertThat(run.code()).as(command + ": " + run.err()).isZero();
        return run;
    }

    private static void made(String... more) throws Exception {
        for (String stage : new String[] {"prepare", "teach", "align", "distil", "route", "evaluate", "bundle"}) {
            done(stage, more);
        }
    }

    @Test
    void aChampionOfAnOlderCorpusIsEvaluatedOnTheChallengersTestDocuments() throws Exception {
        done("publish");
        done("promote");
        // The bundle that the settings make, though it is not the newest.
        assertThat(done("publish").out()).contains("version 1");
        done("publish", "--set", NEWER);
        String[] asked = {"--set", NEWER, "--gates", gates().toString()};

        done("gate", with(asked, "--candidate", bundle("1.0.1"), "--champion", bundle("1.0.0")));
        FileTime made = Files.getLastModifiedTime(report().resolve("results.json"));
        CommandLineRun promoted = done("promote", with(asked, "--made"));

        assertThat(promoted.out()).contains("is version 2 now, version 1 before");
        assertThat(Files.getLastModifiedTime(report().resolve("results.json")))
                .as("evaluated once")
                .isEqualTo(made);
        Path report = report();
        assertThat(inputs(report).get("corpus")).isEqualTo(inputs(report("2")).get("corpus"));
        assertThat(inputs(report("1")).get("corpus"))
                .isNotEqualTo(inputs(report("2")).get("corpus"));
        List<DocumentOutcome> ofChampion = outcomes(report);
        List<DocumentOutcome> ofChallenger = outcomes(report("2"));
        assertThat(texts(ofChampion, ModelKind.TEACHER)).isEqualTo(texts(ofChallenger, ModelKind.TEACHER));
        assertThat(texts(ofChampion, ModelKind.ENSEMBLE).keySet())
                .isEqualTo(texts(ofChallenger, ModelKind.ENSEMBLE).keySet())
                .hasSize(2 * TEST_DOCUMENTS);
        assertThat(texts(ofChampion, ModelKind.ENSEMBLE)).isNotEqualTo(texts(ofChallenger, ModelKind.ENSEMBLE));
    }

    @Test
    void whereMlflowIsTheRegistryTheChampionsBundleComesFromThere() throws Exception {
        String[] registry = {
            "--set", "registry.url=" + MlflowProcess.shared().url(),
            "--set", "bundle.name=quickstart",
            "--set", "mlflow.experiment=retrained",
            "--set", "mlflow.patience-seconds=120"
        };
        done("publish", with(registry, "--bundle", bundle("1.0.0")));
        done("promote", registry);
        done("publish", with(registry, "--bundle", bundle("1.0.1")));
        // A workspace that never had the champion's bundle.
        Path aside = Files.move(Path.of(bundle("1.0.0")), workspace.resolve("aside"));
        try {
            CommandLineRun promoted = done("promote", with(registry, "--set", NEWER, "--gates", gates().toString()));

            assertThat(promoted.out()).contains("is version 2 now, version 1 before");
            assertThat(promoted.err()).contains("evaluating its bundle on those");
            String digest = Sha256.hex(aside.resolve("SHA256SUMS"));
            assertThat(workspace.resolve("mlflow/bundles/" + digest)).isDirectory();
            assertThat(inputs(report()).get("bundle").asText()).isEqualTo(digest);
        } finally {
            Files.move(aside, Path.of(bundle("1.0.0")));
        }
    }

    private static String[] with(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    private static String bundle(String version) {
        return workspace.resolve("bundles/quickstart/" + version).toString();
    }

    /** The one report of a bundle on another corpus. */
    private static Path report() throws Exception {
        try (Stream<Path> reports = Files.list(workspace.resolve("reports/of-bundles"))) {
            List<Path> all = reports.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private static Path report(String version) {
        return workspace.resolve("registry/quickstart/versions/" + version + "/report");
    }

    private static JsonNode inputs(Path report) throws Exception {
        return JSON.readTree(report.resolve("results.json").toFile()).get("inputs");
    }

    private static List<DocumentOutcome> outcomes(Path report) throws Exception {
        Storage storage = Storage.local();
        List<DocumentOutcome> all = new ArrayList<>();
        for (Location file :
                storage.filesBelow(Location.of(report.resolve("samples").toString()), ".parquet")) {
            all.addAll(OutcomeFile.read(storage, file));
        }
        return all;
    }

    private static Map<String, String> texts(List<DocumentOutcome> outcomes, ModelKind kind) {
        Map<String, String> texts = new TreeMap<>();
        outcomes.stream()
                .filter(outcome -> outcome.model().kind() == kind)
                .forEach(outcome -> texts.put(
                        outcome.document().documentId(), outcome.score().toString()));
        return texts;
    }
}

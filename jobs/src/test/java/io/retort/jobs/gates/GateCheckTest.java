package io.retort.jobs.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.gates.GateReport;
import io.retort.eval.outcomes.DocumentKey;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.EvaluatedModel;
import io.retort.eval.outcomes.Likelihood;
import io.retort.eval.outcomes.ModelKind;
import io.retort.eval.outcomes.Sample;
import io.retort.eval.outcomes.Score;
import io.retort.jobs.commands.CommandLineRun;
import io.retort.jobs.evaluate.OutcomeFile;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateCheckTest {
    private static final Storage STORAGE = Storage.local();

    @TempDir
    Path directory;

    /** A report of a hundred documents, of which the ensemble gets the first right. */
    private Location report(String name, int right) throws IOException {
        Location report = Location.of(directory.resolve("reports/" + name).toString());
        List<DocumentOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            DocumentKey key = new DocumentKey("math", "add", "document " + i);
            outcomes.add(outcome(key, "teacher", ModelKind.TEACHER, 1));
            outcomes.add(outcome(key, "majority", ModelKind.CONTROL, 0));
            outcomes.add(outcome(key, "ensemble", ModelKind.ENSEMBLE, i < right ? 1 : 0));
        }
        OutcomeFile.write(STORAGE, report.resolve("samples/domain=math/part-00000.parquet"), outcomes);
        write(
                "reports/" + name + "/results.json",
                "{\"config\": {\"bootstrap_seed\": 3, \"bootstrap_iters\": 500, \"confidence_level\": 0.95}}");
        return report;
    }

    private static DocumentOutcome outcome(DocumentKey key, String model, ModelKind kind, double right) {
        return new DocumentOutcome(
                key,
                new EvaluatedModel(model, kind),
                new Score(right, new Likelihood(7, 10), Likelihood.UNKNOWN),
                new Sample("", "", "", ""),
                List.of());
    }

    private Location write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Location.of(file.toString());
    }

    private Location bundle(String name, String report) throws IOException {
        write(
                name + "/provenance.json",
                "{\"contentId\": \"c\", \"code\": {\"version\": \"1\", \"commit\": \"2\"}, \"seed\": 1, \"inputs\": {"
                        + report + "}}");
        return Location.of(directory.resolve(name).toString());
    }

    @Test
    void checksAReportAgainstAnotherByTheirRowsOfDocuments() throws IOException {
        Location gates = write("gates.conf", "no domain worse than champion at 95%\nensemble.acc >= 0.5 at 95%");
        GateReport worse = GateCheck.check(STORAGE, gates, report("a", 70), Optional.of(report("b", 90)));
        assertThat(worse.failed())
                .extracting(result -> result.gate().text())
                .containsExactly("no domain worse than champion at 95%");
        // McNemar of 0 against 20.
        assertThat(worse.results().get(0).findings().get(0).pValue()).isEqualTo(2 * Math.pow(0.5, 20));
        assertThat(GateCheck.check(STORAGE, gates, report("b", 90), Optional.of(report("a", 70)))
                        .passed())
                .isTrue();
    }

    @Test
    void findsTheReportOfABundleByItsProvenance() throws IOException {
        Location report = report("abc", 90);
        Location inside = bundle("bundles/quickstart/1.0.0", "\"report\": \"abc\"");
        Location elsewhere = bundle("copied/bundle", "\"report\": \"abc\"");
        Optional<Workspace> workspace = Optional.of(Workspace.at(directory.toString()));
        assertThat(FinishedReport.at(STORAGE, inside, Optional.empty()).directory())
                .isEqualTo(report);
        assertThat(FinishedReport.at(STORAGE, elsewhere, workspace).directory()).isEqualTo(report);
        assertThatThrownBy(() -> FinishedReport.at(STORAGE, elsewhere, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected the report abc of bundle " + elsewhere)
                .hasMessageContaining("name the report's directory");
    }

    @Test
    void whatIsNeitherReportNorBundleIsRefused() throws IOException {
        assertThatThrownBy(() -> FinishedReport.at(
                        STORAGE, Location.of(directory.resolve("nowhere").toString()), Optional.empty()))
                .hasMessageContaining("expected a finished report (with results.json) or a bundle")
                .hasMessageEndingWith("found nothing");
        Location none = bundle("bundles/quickstart/1.0.1", "");
        assertThatThrownBy(() -> FinishedReport.at(STORAGE, none, Optional.empty()))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("expected the id of a report among the inputs");
    }

    @Test
    void aGateFileThatIsNoneIsRefused() throws IOException {
        Location missing = Location.of(directory.resolve("none.conf").toString());
        assertThatThrownBy(() -> GateCheck.read(STORAGE, missing))
                .hasMessage("expected a file of gates at " + missing + ", found nothing");
        Path bytes = directory.resolve("bytes.conf");
        Files.write(bytes, new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> GateCheck.read(STORAGE, Location.of(bytes.toString())))
                .hasMessageContaining("expected UTF-8 in");
        Location misspelt = write("misspelt.conf", "acuracy.math > 0.5\n");
        assertThatThrownBy(() -> GateCheck.read(STORAGE, misspelt))
                .hasMessageContaining("misspelt.conf:1: expected a figure");
        assertThatThrownBy(() -> GateCheck.read(STORAGE, write("near.conf", "acc.x > 0.5\nensemble.acd.x > 0.5")))
                .hasMessageContaining("near.conf:2: ")
                .hasMessageEndingWith("did you mean ensemble.acc?");
    }

    @Test
    void theCommandReturnsOneForAFailedGateAndKeepsWhatWasFound() throws IOException {
        Location report = report("abc", 70);
        Location gates = write("gates.conf", "# all\nensemble.acc.math >= 0.9 at 95%\nensemble.acc >= 0.1");
        String[] words = {
            "gate", "--workspace", directory.toString(), "--gates", gates.value(), "--candidate", report.value()
        };
        CommandLineRun failed = CommandLineRun.of(words);
        assertThat(failed.code()).as(failed.err()).isEqualTo(1);
        assertThat(failed.out()).contains("1 of 2 gates failed").contains("FAILED");
        assertThat(failed.err())
                .contains("retort: 1 of 2 gates failed: \"ensemble.acc.math >= 0.9 at 95%\" (" + gates + ":2; ");
        String kept = new String(STORAGE.read(report.resolve("gates.json"), 1 << 20), StandardCharsets.UTF_8);
        assertThat(kept).contains("\"passed\" : false").contains("ensemble.acc.math >= 0.9 at 95%");
        write("gates.conf", "ensemble.acc.math >= 0.5 at 95%\nno domain worse than champion at 95%");
        CommandLineRun passed = CommandLineRun.of(words);
        assertThat(passed.code()).as(passed.err()).isZero();
        assertThat(passed.out()).contains("All gates hold").contains("no champion to compare with");
        write("gates.conf", "ensemble.acc.math >= 0.5 at noon");
        CommandLineRun bad = CommandLineRun.of(words);
        assertThat(bad.code()).as(bad.err()).isEqualTo(2);
        assertThat(bad.err()).contains("gates.conf:1: expected");
    }
}

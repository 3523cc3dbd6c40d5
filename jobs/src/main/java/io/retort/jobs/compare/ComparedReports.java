package io.retort.jobs.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.eval.comparison.ComparedDocument;
import io.retort.eval.comparison.ComparisonJson;
import io.retort.eval.comparison.RunComparison;
import io.retort.eval.comparison.RunState;
import io.retort.eval.outcomes.DocumentKey;
import io.retort.eval.outcomes.DocumentOutcome;
import io.retort.eval.outcomes.ModelKind;
import io.retort.eval.report.ComparedCalibration;
import io.retort.eval.report.ComparedCalibration.Curve;
import io.retort.eval.report.ComparisonData;
import io.retort.eval.report.ComparisonData.Fact;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.summary.JsonFigures;
import io.retort.jobs.evaluate.OutcomeFile;
import io.retort.jobs.gates.FinishedReport;
import io.retort.jobs.provenance.CodeVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads two finished reports into all that is said of them together. */
final class ComparedReports {
    private static final int SAMPLES_OF_EACH_KIND = 4;
    private static final Map<String, String> CALIBRATIONS =
            new TreeMap<>(Map.of("next symbols", "next_symbols", "answers", "answers"));

    private final Storage storage;
    private final FinishedReport champion;
    private final FinishedReport challenger;

    ComparedReports(Storage storage, FinishedReport champion, FinishedReport challenger) {
        this.storage = storage;
        this.champion = champion;
        this.challenger = challenger;
    }

    /**
     * The data of the page.
     *
     * @throws IllegalArgumentException if the two are over different documents
     */
    ComparisonData data() throws IOException {
        BootstrapSettings bootstrap = champion.bootstrap();
        RunState first = champion.state(storage, bootstrap);
        RunState second = challenger.state(storage, bootstrap);
        CodeVersion code = CodeVersion.current();
        return new ComparisonData(
                name(champion, challenger),
                name(challenger, champion),
                RunComparison.of(first, second),
                calibrations(),
                facts(),
                documents(first.differing(second, SAMPLES_OF_EACH_KIND)),
                code.version() + " " + code.commit());
    }

    /** Two workspaces may each have a bundle of one name and version. */
    private static String name(FinishedReport report, FinishedReport other) {
        return report.name().equals(other.name())
                ? report.name() + " (report " + report.directory().name() + ")"
                : report.name();
    }

    /** The same for machines. */
    static ObjectNode json(ComparisonData data) {
        ObjectNode root = JsonFigures.object();
        root.put("champion", data.champion());
        root.put("challenger", data.challenger());
        root.put("code_version", data.codeVersion());
        ObjectNode changes = root.putObject("changes");
        data.facts().stream()
                .filter(Fact::changed)
                .forEach(fact -> changes.putObject(fact.name())
                        .put("champion", fact.champion())
                        .put("challenger", fact.challenger()));
        root.setAll(ComparisonJson.of(data.comparison()));
        return root;
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("report", text(champion, "/report_id"), text(challenger, "/report_id")));
        facts.add(new Fact("evaluated", text(champion, "/date"), text(challenger, "/date")));
        facts.add(new Fact("code", text(champion, "/code_version"), text(challenger, "/code_version")));
        for (String member : List.of("/inputs", "/config/settings")) {
            Set<String> names = new TreeSet<>();
            champion.results().at(member).fieldNames().forEachRemaining(names::add);
            challenger.results().at(member).fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                facts.add(new Fact(
                        name,
                        champion.results().at(member).path(name).asText(""),
                        challenger.results().at(member).path(name).asText("")));
            }
        }
        return facts;
    }

    private static String text(FinishedReport report, String pointer) {
        return report.results().at(pointer).asText("");
    }

    private List<ComparedCalibration> calibrations() {
        List<ComparedCalibration> calibrations = new ArrayList<>();
        CALIBRATIONS.forEach((what, member) -> {
            ComparedCalibration calibration =
                    new ComparedCalibration(what, curve(champion, member), curve(challenger, member));
            if (calibration.champion().isPresent() || calibration.challenger().isPresent()) {
                calibrations.add(calibration);
            }
        });
        return calibrations;
    }

    /** Empty where the run has no router. */
    private static Optional<Curve> curve(FinishedReport report, String member) {
        JsonNode node = report.results().at("/routing/calibration/" + member + "/after");
        if (!node.isObject()) {
            return Optional.empty();
        }
        List<ComparedCalibration.Point> points = new ArrayList<>();
        for (JsonNode bin : node.path("bins")) {
            points.add(new ComparedCalibration.Point(
                    bin.path("confidence").asDouble(Double.NaN),
                    bin.path("right").asDouble(Double.NaN)));
        }
        return Optional.of(new Curve(number(node, "ece"), number(node, "lower"), number(node, "upper"), points));
    }

    private static double number(JsonNode node, String name) {
        return node.path(name).isNumber() ? node.path(name).asDouble() : Double.NaN;
    }

    private List<ComparedDocument> documents(Set<Long> keys) throws IOException {
        Map<DocumentKey, DocumentOutcome> before = ensemble(champion, keys);
        Map<DocumentKey, DocumentOutcome> after = ensemble(challenger, keys);
        List<ComparedDocument> documents = new ArrayList<>();
        before.forEach((key, outcome) -> {
            DocumentOutcome other = after.get(key);
            if (other != null) {
                documents.add(new ComparedDocument(outcome, other));
            }
        });
        return documents.stream()
                .sorted(Comparator.comparing((ComparedDocument document) ->
                                document.document().domain())
                        .thenComparing(ComparedDocument::winner))
                .toList();
    }

    private Map<DocumentKey, DocumentOutcome> ensemble(FinishedReport report, Set<Long> keys) throws IOException {
        Map<DocumentKey, DocumentOutcome> found =
                new TreeMap<>(Comparator.comparing(DocumentKey::domain).thenComparing(DocumentKey::documentId));
        for (Location file : keys.isEmpty() ? List.<Location>of() : report.samples()) {
            for (DocumentOutcome outcome : OutcomeFile.read(storage, file)) {
                if (outcome.model().kind() == ModelKind.ENSEMBLE
                        && keys.contains(RunState.key(outcome.document().documentId()))
                        && found.put(outcome.document(), outcome) != null) {
                    throw new InvalidDataException("expected one outcome of the ensemble for " + outcome.document()
                            + " in " + report.directory() + ", found several");
                }
            }
        }
        return found;
    }
}

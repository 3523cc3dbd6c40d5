package io.retort.eval.gates;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.eval.summary.JsonFigures;
import java.util.ArrayList;
import java.util.List;

/** What became of the gates, in their order. */
public record GateReport(List<GateResult> results) {
    /** What the columns of {@link #rows} are. */
    public static final List<String> COLUMNS =
            List.of("", "gate", "figure", "candidate", "champion", "interval", "p", "documents", "because");

    public GateReport {
        results = List.copyOf(results);
    }

    /** Whether all gates hold. */
    public boolean passed() {
        return results.stream().allMatch(GateResult::passed);
    }

    /** The gates that do not hold. */
    public List<GateResult> failed() {
        return results.stream().filter(result -> !result.passed()).toList();
    }

    /** A row for each finding, with {@link #COLUMNS}. */
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (GateResult result : results) {
            if (result.findings().isEmpty()) {
                String note = result.note();
                rows.add(List.of("passed", result.gate().text(), "", "", "", "", "", "", note));
            }
            for (GateFinding finding : result.findings()) {
                rows.add(List.of(
                        finding.passed() ? "passed" : "FAILED",
                        finding.equals(result.findings().get(0)) ? result.gate().text() : "",
                        finding.figure(),
                        GateText.number(finding.candidate()),
                        GateText.number(finding.champion()),
                        GateText.interval(finding.interval()),
                        GateText.probability(finding.pValue()),
                        Long.toString(finding.documents()),
                        finding.because()));
            }
        }
        return rows;
    }

    /** Which gates do not hold, in one line; empty if all do. */
    public String fault() {
        List<String> faults = new ArrayList<>();
        for (GateResult result : failed()) {
            List<String> findings = result.findings().stream()
                    .filter(finding -> !finding.passed())
                    .map(finding -> finding.figure() + ": " + finding.because())
                    .toList();
            faults.add("\"" + result.gate().text() + "\" (" + result.gate().where() + "; " + String.join("; ", findings)
                    + ")");
        }
        return faults.isEmpty()
                ? ""
                : faults.size() + " of " + results.size() + " gates failed: " + String.join(", ", faults);
    }

    /** The report as a tree: passed, gates, and of each its findings; undefined figures are null. */
    public ObjectNode json() {
        ObjectNode root = JsonFigures.object();
        root.put("passed", passed());
        ArrayNode gates = root.putArray("gates");
        for (GateResult result : results) {
            ObjectNode gate = gates.addObject();
            gate.put("gate", result.gate().text());
            gate.put("where", result.gate().where());
            gate.put("passed", result.passed());
            if (!result.note().isEmpty()) {
                gate.put("note", result.note());
            }
            ArrayNode findings = gate.putArray("findings");
            result.findings().forEach(finding -> put(findings.addObject(), finding));
        }
        return root;
    }

    private static void put(ObjectNode node, GateFinding finding) {
        node.put("figure", finding.figure());
        node.put("passed", finding.passed());
        JsonFigures.put(node, "candidate", finding.candidate());
        JsonFigures.put(node, "champion", finding.champion());
        JsonFigures.putInterval(node, finding.interval());
        node.put("level", finding.interval().level());
        JsonFigures.put(node, "p_value", finding.pValue());
        node.put("documents", finding.documents());
        node.put("because", finding.because());
    }
}

package io.retort.eval.gates;

import java.util.List;

/**
 * A gate and what was found.
 *
 * @param note what must be known beside the findings, such as that there is no champion to compare with; may be empty
 */
public record GateResult(Gate gate, List<GateFinding> findings, String note) {
    public GateResult {
        findings = List.copyOf(findings);
    }

    /** Whether it holds everywhere. */
    public boolean passed() {
        return findings.stream().allMatch(GateFinding::passed);
    }
}

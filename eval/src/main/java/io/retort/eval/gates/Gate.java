package io.retort.eval.gates;

import java.util.OptionalDouble;

/**
 * One gate.
 *
 * @param text as it is written
 * @param where the file and line, for whoever must mend it
 * @param level at which it must hold, inside (0, 1); empty if the figure alone decides
 */
public record Gate(String text, String where, GateFigure figure, GateCondition condition, OptionalDouble level) {
    /** Whether it compares with a champion. */
    public boolean needsChampion() {
        return !(condition instanceof GateCondition.Bound);
    }
}

package io.retort.eval.gates;

import io.retort.eval.comparison.RunRole;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads gate files: a gate a line, what follows {@code #} is a remark.
 *
 * <pre>
 * FIGURE (&gt;= | &lt;= | &gt; | &lt;) NUMBER [at LEVEL%]
 * FIGURE (not worse | better) than champion [by NUMBER] [at LEVEL%]
 * no (domain | expert) worse than champion [by NUMBER] [at LEVEL%]
 * </pre>
 */
public final class GateFile {
    private static final int LONGEST_LINE = 1000;
    private static final String NUMBER = "[-+]?\\d*\\.?\\d+(?:[eE][-+]?\\d+)?";
    private static final String LEVEL = "(?:\\s+at\\s+(\\d+(?:\\.\\d+)?)\\s*%)?";
    private static final Pattern BOUND = Pattern.compile("(\\S+?)\\s*(>=|<=|≥|≤|>|<)\\s*(" + NUMBER + ")" + LEVEL);
    private static final Pattern AGAINST =
            Pattern.compile("(no\\s+domain|no\\s+expert|\\S+)\\s+(not\\s+worse|worse|better)"
                    + "\\s+than\\s+champion(?:\\s+by\\s+(" + NUMBER + "))?" + LEVEL);
    private static final String GRAMMAR =
            "expected \"FIGURE >= NUMBER at LEVEL%\", \"FIGURE not worse than champion by NUMBER at LEVEL%\", \"FIGURE"
                    + " better than champion …\" or \"no domain worse than champion …\"";

    private final String name;
    private final GateNames names;

    /**
     * @param name of the file, for messages
     * @param nearest the name among some that someone probably meant
     */
    public GateFile(String name, BiFunction<String, Collection<String>, Optional<String>> nearest) {
        this.name = name;
        this.names = new GateNames(nearest);
    }

    /**
     * The gates of a file's text, in order.
     *
     * @throws IllegalArgumentException with file and line, for a line that is no gate, or if there is no gate at all
     */
    public Gates read(String text) {
        List<Gate> gates = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            int remark = line.indexOf('#');
            String gate = (remark < 0 ? line : line.substring(0, remark)).strip();
            if (gate.startsWith("\uFEFF")) {
                gate = gate.substring(1).strip();
            }
            if (!gate.isEmpty()) {
                gates.add(gate(gate, name + ":" + number));
            }
        }
        if (gates.isEmpty()) {
            throw new IllegalArgumentException("expected a gate a line in " + name + ", found none");
        }
        return new Gates(gates, names);
    }

    private Gate gate(String text, String where) {
        try {
            if (text.length() > LONGEST_LINE) {
                throw new IllegalArgumentException(
                        "expected a gate of at most " + LONGEST_LINE + " characters, found " + text.length());
            }
            Matcher bound = BOUND.matcher(text);
            if (bound.matches()) {
                return bound(text, where, bound);
            }
            Matcher against = AGAINST.matcher(text);
            if (against.matches()) {
                return against(text, where, against);
            }
            throw new IllegalArgumentException(GRAMMAR + ", found \"" + text + "\"");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    private Gate bound(String text, String where, Matcher found) {
        GateCondition.Comparison comparison = switch (found.group(2)) {
            case ">=", "≥" -> GateCondition.Comparison.AT_LEAST;
            case "<=", "≤" -> GateCondition.Comparison.AT_MOST;
            case ">" -> GateCondition.Comparison.ABOVE;
            default -> GateCondition.Comparison.BELOW;
        };
        return new Gate(
                text,
                where,
                names.figure(found.group(1)),
                new GateCondition.Bound(comparison, Double.parseDouble(found.group(3))),
                level(Optional.ofNullable(found.group(4))));
    }

    private Gate against(String text, String where, Matcher found) {
        String subject = found.group(1).replaceAll("\\s+", " ");
        String verb = found.group(2).replaceAll("\\s+", " ");
        boolean none = subject.startsWith("no ");
        if (none != verb.equals("worse")) {
            throw new IllegalArgumentException(GRAMMAR + ", found \"" + text + "\"");
        }
        double by = Optional.ofNullable(found.group(3)).map(Double::parseDouble).orElse(0.0);
        if (by < 0) {
            throw new IllegalArgumentException("expected a number of at least 0 after \"by\", found " + found.group(3));
        }
        GateFigure figure = none
                ? new GateFigure(
                        subject.equals("no domain") ? RunRole.ENSEMBLE : RunRole.EXPERT,
                        Measure.PRIMARY,
                        GateFigure.EVERY_DOMAIN)
                : names.compared(found.group(1));
        GateCondition condition = verb.equals("better") ? new GateCondition.Better(by) : new GateCondition.NotWorse(by);
        return new Gate(text, where, figure, condition, level(Optional.ofNullable(found.group(4))));
    }

    private static OptionalDouble level(Optional<String> percent) {
        if (percent.isEmpty()) {
            return OptionalDouble.empty();
        }
        double level = Double.parseDouble(percent.get()) / 100;
        if (level < 0.5 || level > 0.999) {
            throw new IllegalArgumentException("expected a level of 50% to 99.9%, found " + percent.get() + "%");
        }
        return OptionalDouble.of(level);
    }
}

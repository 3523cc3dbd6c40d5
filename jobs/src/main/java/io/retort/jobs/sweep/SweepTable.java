package io.retort.jobs.sweep;

import io.retort.eval.sweeps.SweepScore;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Table;
import io.retort.jobs.sweep.SweepResults.DomainResults;
import io.retort.jobs.sweep.SweepResults.Figure;
import io.retort.jobs.sweep.SweepResults.Rung;
import io.retort.jobs.sweep.SweepResults.VariantResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A sweep's results as a table for readers. */
record SweepTable(SweepResults results) {
    private static final String NONE = "–";
    private static final List<String> COLUMNS = List.of(
            "domain",
            "variant",
            "parameters",
            "steps",
            "seeds",
            "right",
            "difference",
            "p",
            "bits a byte",
            "difference",
            "p",
            "remark");

    /** What the columns are, in a sentence or two. */
    String introduction() {
        return "Means over seeds on the test split; bits are of answers given their prompts and of texts without one."
                + " Differences are to " + results.comparisons().baseline()
                + " where no other is named, paired over documents"
                + (results.seeds().size() > 1 ? " and seeds" : "") + ", with "
                + Figures.share(results.bootstrap().level()).replace(".0%", "%")
                + " bootstrap intervals; p after Holm's correction over the"
                + " variants of a domain.";
    }

    Table table() {
        List<List<String>> rows = new ArrayList<>();
        for (DomainResults domain : results.domains()) {
            domain.variants().forEach(variant -> rows.add(row(domain, variant)));
        }
        return new Table("", COLUMNS, rows);
    }

    private List<String> row(DomainResults domain, VariantResults variant) {
        Optional<Figure> right = variant.figure(SweepScore.RIGHT_ANSWERS);
        Optional<Figure> bits = variant.figure(SweepScore.ANSWER_BITS);
        return List.of(
                domain.domain(),
                variant.variant(),
                Figures.count(variant.parameters()),
                Figures.count(variant.steps()),
                Integer.toString(variant.seeds().size()),
                right.map(figure -> Figures.share(figure.mean())).orElse(NONE),
                right.map(figure -> difference(figure, 100, 1)).orElse(NONE),
                right.map(SweepTable::pValue).orElse(NONE),
                bits.map(figure -> Figures.decimal(figure.mean(), 3)).orElse(NONE),
                bits.map(figure -> difference(figure, 1, 3)).orElse(NONE),
                bits.map(SweepTable::pValue).orElse(NONE),
                remark(variant));
    }

    private static String difference(Figure figure, double scale, int digits) {
        if (Double.isNaN(figure.difference())) {
            return NONE;
        }
        String value = signed(scale * figure.difference(), digits);
        return Double.isNaN(figure.differenceLower())
                ? value
                : value + " [" + signed(scale * figure.differenceLower(), digits) + ", "
                        + signed(scale * figure.differenceUpper(), digits) + "]";
    }

    private static String signed(double value, int digits) {
        String text = String.format(Locale.ROOT, "%." + digits + "f", Math.abs(value));
        boolean zero = Double.parseDouble(text) == 0;
        return (zero ? "" : value < 0 ? "−" : "+") + text;
    }

    private static String pValue(Figure figure) {
        return Figures.decimal(figure.adjustedPValue(), 3);
    }

    private String remark(VariantResults variant) {
        List<String> remarks = new ArrayList<>();
        if (variant.variant().equals(results.comparisons().baseline())) {
            remarks.add("baseline");
        }
        results.comparisons()
                .of(variant.variant())
                .filter(other -> !other.equals(results.comparisons().baseline()))
                .ifPresent(other -> remarks.add("differences to " + other));
        variant.stopped().ifPresent(rung -> remarks.add(stopped(rung)));
        variant.faults().forEach(fault -> remarks.add("failed, " + fault));
        return String.join("; ", remarks);
    }

    private static String stopped(Rung rung) {
        return "stopped after " + Figures.count(rung.step()) + " steps: on validation "
                + Figures.share(rung.validation().rightAnswers()) + " right, "
                + Figures.decimal(rung.validation().answerBits(), 3) + " bits a byte";
    }
}

package io.retort.jobs.clusters;

import io.retort.eval.statistics.Estimate;
import io.retort.eval.statistics.Interval;
import io.retort.eval.statistics.PairedComparison;
import io.retort.eval.statistics.RatioState;
import io.retort.jobs.clusters.ManyExpertsReport.Figure;
import io.retort.jobs.clusters.ManyExpertsReport.Row;
import io.retort.jobs.distil.DistilSpec;
import io.retort.jobs.distil.ExpertSpec;
import io.retort.jobs.reports.Completion;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes the report of losses: figures, intervals, and what each contender cost. */
record ReportDraft(ManyExpertsSpec spec, Losses losses) {
    private static final double BITS_A_NAT = 1 / Math.log(2);

    ManyExpertsReport report(String job, double temperature) {
        RatioState routedState = state(Contender.ROUTED);
        Estimate routed = routedState.finish(BITS_A_NAT);
        List<Row> rows = new ArrayList<>();
        losses.all().forEach((contender, state) -> rows.add(row(contender, state.finish(BITS_A_NAT), routed)));
        SortedMap<String, Map<Contender, Double>> byTask = new TreeMap<>();
        losses.byTask().forEach((task, states) -> {
            Map<Contender, Double> figures = new EnumMap<>(Contender.class);
            states.forEach((contender, state) ->
                    figures.put(contender, state.finish(BITS_A_NAT).value()));
            byTask.put(task, figures);
        });
        return new ManyExpertsReport(
                job,
                spec.reportId(),
                Completion.DONE,
                spec.workspace().reports(spec.reportId()).value(),
                spec.measuring().chosen(),
                routedState.documents(),
                temperature,
                rows,
                byTask);
    }

    private RatioState state(Contender contender) {
        RatioState state = losses.all().get(contender);
        if (state == null) {
            throw new IllegalStateException("expected losses of " + contender + ", found "
                    + losses.all().keySet());
        }
        return state;
    }

    private Row row(Contender contender, Estimate bits, Estimate routed) {
        double level = spec.measuring().bootstrap().level();
        PairedComparison over = PairedComparison.of(bits, routed, level);
        List<ExpertSpec> students = students(contender);
        long parameters = students.stream().mapToLong(ExpertSpec::parameters).sum();
        boolean many = students.size() > 1;
        long sharedSymbols = many ? shared().mapToLong(ExpertSpec::symbols).sum() : 0;
        double sharedOperations =
                many ? shared().mapToDouble(ExpertSpec::operations).sum() : 0;
        return new Row(
                contender,
                parameters,
                active(contender, parameters, students.size()),
                sharedSymbols + students.stream().mapToLong(ExpertSpec::symbols).sum(),
                sharedOperations
                        + students.stream().mapToDouble(ExpertSpec::operations).sum(),
                figure(bits.value(), bits.interval(level)),
                figure(over.difference(), over.interval()));
    }

    private Stream<ExpertSpec> shared() {
        return spec.shared().stream().flatMap(training -> training.experts().stream());
    }

    private List<ExpertSpec> students(Contender contender) {
        return switch (contender) {
            case ROUTED, FOLLOWING, FIRST, UNIFORM, ORACLE -> spec.clusters().experts();
            case RANDOM_ROUTED, RANDOM_FOLLOWING, RANDOM_UNIFORM ->
                spec.random().experts();
            case SHARED -> shared().toList();
            case DENSE_ONE -> named(spec.dense(), ManyExpertsSpec.DENSE_ONE);
            case DENSE_CHOSEN -> named(spec.dense(), ManyExpertsSpec.DENSE_CHOSEN);
            case DENSE_ALL -> named(spec.dense(), ManyExpertsSpec.DENSE_ALL);
        };
    }

    private static List<ExpertSpec> named(DistilSpec spec, String name) {
        return spec.experts().stream()
                .filter(expert -> expert.name().equals(name))
                .toList();
    }

    private long active(Contender contender, long parameters, int students) {
        long each = parameters / Math.max(1, students);
        return switch (contender) {
            case ROUTED, FOLLOWING, RANDOM_ROUTED, RANDOM_FOLLOWING ->
                each * Math.min(students, spec.measuring().chosen());
            case FIRST, ORACLE -> each;
            case UNIFORM, RANDOM_UNIFORM, SHARED, DENSE_ONE, DENSE_CHOSEN, DENSE_ALL -> parameters;
        };
    }

    private static Figure figure(double value, Interval interval) {
        return new Figure(value, interval.lower(), interval.upper());
    }
}

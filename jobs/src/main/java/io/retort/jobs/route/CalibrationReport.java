package io.retort.jobs.route;

import io.retort.distill.routing.TemperatureFit;
import io.retort.inference.routing.Calibration;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Table;
import java.util.List;

/**
 * What was fitted to a router on the documents that it was not trained on.
 *
 * @param symbols of answers that the temperature was fitted to
 * @param temperature of the ensemble's next symbols
 * @param natsBefore mean cost of a symbol without it; 0 where there was none to fit to
 * @param natsAfter with it
 * @param unknownThreshold of the novelty score; 0 where there were too few documents to set one
 * @param falsePositiveRate at which it was set; 0 where it was not
 */
public record CalibrationReport(
        long symbols,
        double temperature,
        double natsBefore,
        double natsAfter,
        double unknownThreshold,
        double falsePositiveRate) {
    static CalibrationReport of(Calibration calibration, TemperatureFit fit) {
        boolean some = fit.predictions() > 0;
        return new CalibrationReport(
                fit.predictions(),
                calibration.temperature(),
                some ? fit.natsBefore() : 0,
                some ? fit.natsAfter() : 0,
                calibration.tellsUnknown() ? calibration.unknownThreshold() : 0,
                calibration.falsePositiveRate());
    }

    Table table() {
        return new Table(
                "Fitted to documents held out",
                List.of(
                        "temperature",
                        "nats a symbol of answers",
                        "without",
                        "symbols",
                        "unknown beyond",
                        "at a false-positive rate of"),
                List.of(List.of(
                        Figures.decimal(temperature, 3),
                        Figures.decimal(natsAfter, 4),
                        Figures.decimal(natsBefore, 4),
                        Figures.count(symbols),
                        falsePositiveRate > 0 ? Figures.decimal(unknownThreshold, 3) : "–",
                        falsePositiveRate > 0 ? Figures.share(falsePositiveRate) : "–")));
    }
}

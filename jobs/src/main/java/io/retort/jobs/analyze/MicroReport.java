package io.retort.jobs.analyze;

import io.retort.distill.analysis.ExpertPlace;
import io.retort.distill.analysis.MicroExpert;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.List;

/**
 * What micro-expert is there.
 *
 * @param job the job's name
 * @param id the micro-expert's id
 * @param completion whether this run fitted it
 * @param file its safetensors file
 * @param place the expert that it stands for
 * @param model channels in and out
 * @param hidden channels between
 * @param parameters weights of its three matrices
 * @param expertParameters weights of the expert's
 * @param inputScale what its inputs are multiplied by
 * @param outputScale what its outputs are divided by
 * @param quality how good it is
 */
public record MicroReport(
        String job,
        String id,
        Completion completion,
        String file,
        ExpertPlace place,
        int model,
        int hidden,
        int parameters,
        int expertParameters,
        double inputScale,
        double outputScale,
        MicroExpert.Quality quality)
        implements Report {
    static final String FILE_NAME = "micro.json";

    MicroReport withCompletion(Completion other) {
        return new MicroReport(
                job,
                id,
                other,
                file,
                place,
                model,
                hidden,
                parameters,
                expertParameters,
                inputScale,
                outputScale,
                quality);
    }

    @Override
    public List<Table> tables() {
        Table network = new Table(
                "Micro-expert of expert " + place.expert() + " of layer " + place.layer() + ": " + file,
                List.of("model", "hidden", "parameters", "of the expert’s", "tokens", "held back"),
                List.of(List.of(
                        Integer.toString(model),
                        Integer.toString(hidden),
                        Figures.count(parameters),
                        Figures.share((double) parameters / expertParameters),
                        Figures.count(quality.trainRows()),
                        Figures.count(quality.heldBackRows()))));
        Table explained = new Table(
                "Share of the expert's output explained on held-back documents (R²)",
                List.of("trained", "median token", "closed form", "linear map", "its parameters", "most in this width"),
                List.of(List.of(
                        Figures.decimal(quality.trained(), 3),
                        Figures.decimal(quality.medianToken(), 3),
                        Figures.decimal(quality.closedForm(), 3),
                        Figures.decimal(quality.linear(), 3),
                        Figures.count(quality.linearParameters()),
                        Figures.decimal(quality.ceiling(), 3))));
        return List.of(network, explained);
    }
}

package io.retort.jobs.distil;

import java.util.List;

/**
 * What a training gave; written last, so an expert's directory without one is unfinished.
 *
 * @param name the expert's
 * @param domain whose documents it learnt
 * @param parameters every trained number
 * @param steps updates
 * @param seconds of training, interrupted parts included
 * @param updateSeconds of them, in forward and backward passes and updates of weights
 * @param trainingLoss weighted mean in nats a position at the end
 * @param validationLoss the same on the validation split
 * @param weightsDigest SHA-256 of model.safetensors
 * @param curve how the losses went
 */
public record ExpertReport(
        String name,
        String domain,
        long parameters,
        int steps,
        double seconds,
        double updateSeconds,
        double trainingLoss,
        double validationLoss,
        String weightsDigest,
        List<CurvePoint> curve) {
    public static final String FILE_NAME = "report.json";

    public ExpertReport {
        curve = List.copyOf(curve);
    }
}

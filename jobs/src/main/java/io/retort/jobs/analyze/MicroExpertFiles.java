package io.retort.jobs.analyze;

import io.retort.datasets.InvalidDataException;
import io.retort.distill.analysis.GatedWeights;
import io.retort.distill.analysis.MicroExpert;
import io.retort.inference.tensors.SafetensorsException;
import io.retort.inference.tensors.SafetensorsReader;
import io.retort.inference.tensors.SafetensorsWriter;
import io.retort.inference.tensors.StoredType;
import io.retort.inference.tensors.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The safetensors file of a micro-expert; docs/analysis.md says what its tensors are. */
public final class MicroExpertFiles {
    static final String WEIGHTS = "micro.safetensors";
    private static final String GATE = "mlp.gate";
    private static final String UP = "mlp.up";
    private static final String DOWN = "mlp.down";
    private static final String BASIS = "basis";
    private static final long LARGEST = 256L << 20;

    private MicroExpertFiles() {}

    static byte[] bytes(MicroExpert micro, int teacherModel) {
        GatedWeights weights = micro.weights();
        int[] inward = {weights.model(), weights.hidden()};
        return SafetensorsWriter.write(
                List.of(
                        new Tensor(GATE, inward, weights.gate()),
                        new Tensor(UP, inward, weights.up()),
                        new Tensor(DOWN, new int[] {weights.hidden(), weights.model()}, weights.down()),
                        new Tensor(BASIS, new int[] {teacherModel, weights.model()}, micro.basis())),
                StoredType.F32,
                Map.of(
                        "format", "retort-micro-expert",
                        "input_scale", Double.toString(micro.inputScale()),
                        "output_scale", Double.toString(micro.outputScale())));
    }

    /**
     * The network of a file that {@code extract-micro-expert} wrote.
     *
     * @throws IllegalArgumentException if there is no such file
     * @throws InvalidDataException if it holds anything else
     */
    public static GatedWeights read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("expected the file of a micro-expert, found nothing at " + file
                        + "; make it by retort analyze" + " extract-micro-expert");
            }
            if (Files.size(file) > LARGEST) {
                throw new InvalidDataException(
                        file + ": expected at most " + LARGEST + " bytes, found " + Files.size(file));
            }
            Map<String, Tensor> tensors = SafetensorsReader.read(file);
            Tensor gate = tensor(tensors, GATE, file);
            Tensor up = tensor(tensors, UP, file);
            Tensor down = tensor(tensors, DOWN, file);
            return new GatedWeights(gate.shape()[0], gate.shape()[1], gate.values(), up.values(), down.values());
        } catch (SafetensorsException e) {
            throw new InvalidDataException("expected a micro-expert in " + file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }

    private static Tensor tensor(Map<String, Tensor> tensors, String name, Path file) {
        Tensor found = tensors.get(name);
        if (found == null || found.shape().length != 2) {
            throw new InvalidDataException(file + ": expected a matrix " + name + " as a micro-expert has, found "
                    + (found == null ? "none" : found.shape().length + " dimensions"));
        }
        return found;
    }
}

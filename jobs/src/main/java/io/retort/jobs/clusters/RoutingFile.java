package io.retort.jobs.clusters;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.clustering.Centres;
import io.retort.distill.clustering.ClusterRouting;
import io.retort.distill.clustering.Embedding;
import io.retort.inference.tensors.SafetensorsException;
import io.retort.inference.tensors.SafetensorsReader;
import io.retort.inference.tensors.SafetensorsWriter;
import io.retort.inference.tensors.StoredType;
import io.retort.inference.tensors.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The routing of groups as a file of their corpus. */
final class RoutingFile {
    private static final String NAME = "routing.safetensors";
    private static final String INVERSE_FREQUENCIES = "inverse_frequencies"; // [buckets]
    private static final String PROJECTION = "projection"; // [buckets, dimensions]
    private static final String BEGINNINGS = "beginnings"; // [groups, dimensions]
    private static final int LARGEST = 1 << 30;

    private RoutingFile() {}

    static void write(Storage storage, Location corpus, ClusterRouting routing) throws IOException {
        Embedding embedding = routing.embedding();
        int dimensions = embedding.dimensions();
        float[] beginnings = new float[routing.size() * dimensions];
        for (int i = 0; i < beginnings.length; i++) {
            beginnings[i] = (float) routing.centres().points()[i / dimensions][i % dimensions];
        }
        byte[] file = SafetensorsWriter.write(
                List.of(
                        new Tensor(
                                INVERSE_FREQUENCIES, new int[] {embedding.buckets()}, embedding.inverseFrequencies()),
                        new Tensor(PROJECTION, new int[] {embedding.buckets(), dimensions}, embedding.projection()),
                        new Tensor(BEGINNINGS, new int[] {routing.size(), dimensions}, beginnings)),
                StoredType.F32,
                Map.of("format", "cluster-routing"));
        storage.write(corpus.resolve(NAME), file);
    }

    /**
     * Reads what was written.
     *
     * @throws InvalidDataException if the file is damaged
     */
    static ClusterRouting read(Storage storage, Location corpus) throws IOException {
        Location file = corpus.resolve(NAME);
        try {
            Map<String, Tensor> tensors = SafetensorsReader.read(storage.read(file, LARGEST));
            Tensor beginnings = tensor(tensors, BEGINNINGS, file);
            int dimensions = beginnings.shape()[beginnings.shape().length - 1];
            double[][] points = new double[beginnings.shape()[0]][dimensions];
            for (int i = 0; i < beginnings.values().length; i++) {
                points[i / dimensions][i % dimensions] = beginnings.values()[i];
            }
            Embedding embedding = new Embedding(
                    tensor(tensors, INVERSE_FREQUENCIES, file).values(),
                    dimensions,
                    tensor(tensors, PROJECTION, file).values());
            return new ClusterRouting(embedding, Centres.free(points));
        } catch (SafetensorsException | IllegalArgumentException e) {
            throw new InvalidDataException("expected the routing of clusters in " + file + ": " + e.getMessage(), e);
        }
    }

    private static Tensor tensor(Map<String, Tensor> tensors, String name, Location file) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new InvalidDataException("expected a tensor " + name + " in " + file + ", found " + tensors.keySet());
        }
        return tensor;
    }
}

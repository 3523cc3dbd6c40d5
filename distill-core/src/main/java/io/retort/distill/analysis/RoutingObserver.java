package io.retort.distill.analysis;

import io.retort.datasets.logits.Chunk;
import io.retort.datasets.logits.Chunker;
import io.retort.datasets.logits.TokenisedDocument;
import io.retort.distill.teachers.nano.NanoConfig;
import io.retort.distill.teachers.nano.NanoModel;
import io.retort.distill.teachers.nano.RoutingListener;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts which experts a model's router chooses on documents. A position counts when it reads a token of the document's
 * text; the beginning of sequence does not, and context that is repeated for a long document's next chunk does not count
 * again. Safe for use by many threads.
 */
public final class RoutingObserver {
    private final NanoModel model;
    private final Chunker chunker;

    /**
     * An observer of a model.
     *
     * @throws IllegalArgumentException if it has no layer with experts
     */
    public RoutingObserver(NanoModel model) {
        NanoConfig config = model.config();
        if (config.denseLayers() == config.layers()) {
            throw new IllegalArgumentException(
                    "expected a mixture-of-experts model, found one of " + config.layers() + " dense layers");
        }
        this.model = model;
        this.chunker = Chunker.fitting(config.contextTokens());
    }

    /** The documents' routing, in their order; those whose tokens do not spell their text are left out. */
    public List<DocumentRouting> observe(List<TokenisedDocument> documents) {
        List<TokenisedDocument> sound =
                documents.stream().filter(d -> d.mismatch().isEmpty()).toList();
        List<Chunk> chunks = new ArrayList<>();
        List<Integer> documentOf = new ArrayList<>();
        List<Tally> tallies = new ArrayList<>();
        for (TokenisedDocument document : sound) {
            for (Chunk chunk : chunker.chunks(document)) {
                chunks.add(chunk);
                documentOf.add(tallies.size());
            }
            tallies.add(new Tally(model.config()));
        }
        new ChunkPasses(model).run(chunks, scoredBy -> listener(scoredBy, documentOf, tallies));
        List<DocumentRouting> routings = new ArrayList<>();
        for (int i = 0; i < sound.size(); i++) {
            Tally tally = tallies.get(i);
            routings.add(new DocumentRouting(
                    sound.get(i).document().id(),
                    sound.get(i).document().domain(),
                    sound.get(i).ids().length - 1,
                    model.config().denseLayers(),
                    tally.choices,
                    tally.weights));
        }
        return routings;
    }

    private RoutingListener listener(int[] scoredBy, List<Integer> documentOf, List<Tally> tallies) {
        int perToken = model.config().experts().perToken();
        int first = model.config().denseLayers();
        return (layer, experts, shares) -> {
            float[] weights = shares.toFloatArray();
            for (int i = 0; i < experts.length; i++) {
                int chunk = scoredBy[i / perToken];
                if (chunk != ChunkPasses.NOBODY) {
                    Tally tally = tallies.get(documentOf.get(chunk));
                    tally.choices[layer - first][(int) experts[i]]++;
                    tally.weights[layer - first][(int) experts[i]] += weights[i];
                }
            }
        };
    }

    private static final class Tally {
        private final int[][] choices;
        private final double[][] weights;

        Tally(NanoConfig config) {
            int layers = config.layers() - config.denseLayers();
            choices = new int[layers][config.experts().routed()];
            weights = new double[layers][config.experts().routed()];
        }
    }
}

package io.retort.distill.analysis;

import ai.djl.ndarray.NDArray;
import io.retort.datasets.logits.Chunk;
import io.retort.datasets.logits.Chunker;
import io.retort.datasets.logits.TokenisedDocument;
import io.retort.distill.teachers.nano.NanoConfig;
import io.retort.distill.teachers.nano.NanoModel;
import io.retort.distill.teachers.nano.RoutingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps what an expert is given on documents: the rows of the tokens that choose it. Safe for use by many threads. */
public final class ExpertCapture {
    private final NanoModel model;
    private final ExpertPlace place;
    private final int mostRows;

    /**
     * A capture of one expert.
     *
     * @param mostRows of one document, its first ones: many documents say more than one long one
     * @throws IllegalArgumentException if the model has no such expert
     */
    public ExpertCapture(NanoModel model, ExpertPlace place, int mostRows) {
        NanoConfig config = model.config();
        if (place.layer() < config.denseLayers()
                || place.layer() >= config.layers()
                || place.expert() >= config.experts().routed()
                || place.expert() < 0) {
            throw new IllegalArgumentException("expected an expert of layers " + config.denseLayers() + " to "
                    + (config.layers() - 1) + ", 0 to " + (config.experts().routed() - 1) + ", found " + place.expert()
                    + " of layer " + place.layer());
        }
        this.model = model;
        this.place = place;
        this.mostRows = mostRows;
    }

    /** The inputs on each document, in their order; those whose tokens do not spell their text are left out. */
    public List<ExpertInputs> capture(List<TokenisedDocument> documents) {
        List<Chunk> chunks = new ArrayList<>();
        List<Integer> documentOf = new ArrayList<>();
        List<TokenisedDocument> sound =
                documents.stream().filter(d -> d.mismatch().isEmpty()).toList();
        List<List<float[]>> rows = new ArrayList<>();
        Chunker chunker = Chunker.fitting(model.config().contextTokens());
        for (TokenisedDocument document : sound) {
            for (Chunk chunk : chunker.chunks(document)) {
                chunks.add(chunk);
                documentOf.add(rows.size());
            }
            rows.add(new ArrayList<>());
        }
        new ChunkPasses(model).run(chunks, scoredBy -> new Listener(scoredBy, documentOf, rows));
        List<ExpertInputs> inputs = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            inputs.add(
                    new ExpertInputs(sound.get(i).document().id(), rows.get(i).size(), joined(rows.get(i))));
        }
        return inputs;
    }

    private float[] joined(List<float[]> rows) {
        int width = model.config().hiddenSize();
        float[] joined = new float[rows.size() * width];
        for (int row = 0; row < rows.size(); row++) {
            System.arraycopy(rows.get(row), 0, joined, row * width, width);
        }
        return joined;
    }

    private final class Listener implements RoutingListener {
        private final int[] scoredBy;
        private final List<Integer> documentOf;
        private final List<List<float[]>> rows;
        private float[] inputs = {};

        Listener(int[] scoredBy, List<Integer> documentOf, List<List<float[]>> rows) {
            this.scoredBy = scoredBy;
            this.documentOf = documentOf;
            this.rows = rows;
        }

        @Override
        public void entered(int layer, NDArray x) {
            if (layer == place.layer()) {
                inputs = x.toFloatArray();
            }
        }

        @Override
        public void routed(int layer, long[] experts, NDArray weights) {
            if (layer != place.layer()) {
                return;
            }
            int perToken = model.config().experts().perToken();
            int width = model.config().hiddenSize();
            for (int i = 0; i < experts.length; i++) {
                int token = i / perToken;
                if (experts[i] == place.expert() && scoredBy[token] != ChunkPasses.NOBODY) {
                    List<float[]> own = rows.get(documentOf.get(scoredBy[token]));
                    if (own.size() < mostRows) {
                        own.add(Arrays.copyOfRange(inputs, token * width, (token + 1) * width));
                    }
                }
            }
        }
    }
}

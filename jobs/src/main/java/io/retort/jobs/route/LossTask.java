package io.retort.jobs.route;

import io.retort.datasets.corpus.Beginning;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.storage.Location;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.ScoringModel;
import io.retort.inference.scoring.ScoringRequest;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.corpora.ShardReader;
import io.retort.jobs.distil.Fleet;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** The task that measures what every expert loses on some documents. */
record LossTask(Fleet fleet, Location corpus) implements FlatMapFunction<DocumentShard, LossTask.DocumentLosses> {
    /** Of a text without a prompt, so much of its beginning stands for one, and at most half. */
    private static final int LONGEST_BEGINNING = 64;

    /**
     * What the experts lost on a document.
     *
     * @param documentId by which results are sorted
     * @param prompt what a router sees
     * @param losses in nats a byte of what follows the prompt, an expert each
     * @param domain the document's
     * @param answer what follows the prompt
     * @param beginning whether the prompt is but the beginning of a text that has none
     */
    record DocumentLosses(
            String documentId, byte[] prompt, double[] losses, String domain, byte[] answer, boolean beginning)
            implements Serializable {}

    @Override
    public Iterator<DocumentLosses> call(DocumentShard shard) throws IOException {
        List<ScoringModel> models = fleet.models();
        List<DocumentLosses> results = new ArrayList<>();
        try (ShardReader reader = new ShardReader(fleet.storageSettings().open(), corpus)) {
            for (Document document : reader.read(shard)) {
                results.add(losses(document, models));
            }
        }
        return results.iterator();
    }

    private static DocumentLosses losses(Document document, List<ScoringModel> models) {
        ScoringRequest request = request(document);
        double[] losses = new double[models.size()];
        for (int m = 0; m < losses.length; m++) {
            double logLikelihood = models.get(m).logLikelihoods(List.of(request))[0];
            losses[m] = -logLikelihood / (request.continuation().length + 1);
        }
        return new DocumentLosses(
                document.id(),
                request.context(),
                losses,
                document.domain(),
                request.continuation(),
                document.prompt().isEmpty());
    }

    static ScoringRequest request(Document document) {
        Beginning beginning = Beginning.of(document, LONGEST_BEGINNING);
        return new ScoringRequest(beginning.seen(), beginning.rest(), Ending.END);
    }
}

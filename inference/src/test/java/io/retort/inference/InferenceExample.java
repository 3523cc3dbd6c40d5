package io.retort.inference;

import io.retort.inference.bundles.Trust;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.memory.MemoryUsage;
import io.retort.inference.memory.blocking.BoundedMemory;
import io.retort.inference.routing.Routing;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.Sampling;
import io.retort.inference.scoring.ScoringRequest;
import io.retort.inference.signing.Ed25519Check;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The example of docs/inference.md and of the package's page, which a test compares with this file and runs. */
final class InferenceExample {
    private InferenceExample() {}

    // The example begins here.
    static List<Object> everything(Path directory, String question) {
        byte[] prompt = (question + "\n").getBytes(StandardCharsets.UTF_8);

        // Open: files are checked before a weight is used; experts and texts stay within 64 MiB.
        Retort retort = Retort.open(directory, Trust.anyone(Ed25519Check.INSTANCE), BoundedMemory.of(64L << 20));

        // Route: who would answer, and how sure the router is of the first of them.
        Routing routing = retort.route(prompt);
        double confidence = retort.confidence(prompt);

        // Generate: the whole answer at once,
        GenerationLimits limits = new GenerationLimits(200);
        Answer answer = retort.generate(prompt, limits);

        // or byte by byte, here drawn by a seed; the listener's false cancels,
        GenerationOptions drawn = GenerationOptions.greedy(limits)
                .sampled(new Sampling(0.8, 0.95), 42)
                .stoppingAt("\n");
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        retort.generate(prompt, drawn, ExpertSelection.routed(), value -> {
            heard.write(value);
            return heard.size() < 20;
        });

        // or in pieces, between which the caller has its turn.
        try (AnswerWriting writing = retort.begin(prompt, drawn, ExpertSelection.routed(), ByteListener.NONE)) {
            while (writing.advance(16)) {
                if (Thread.interrupted()) {
                    writing.cancel();
                }
            }
        }

        // Score: ln p of a continuation, and of the end of the text behind it, in nats.
        byte[] continuation = answer.generation().bytes();
        double score = retort.logLikelihood(new ScoringRequest(prompt, continuation, Ending.END));

        // Predict: how likely each next byte is.
        Prediction prediction = retort.predict(prompt);

        // Session: a text that grows, of which each turn reads only what is new; saved as bytes.
        byte[] saved;
        try (Session session = retort.session(prompt)) {
            session.generate(drawn, ByteListener.NONE);
            session.read(prompt);
            saved = session.save();
        }
        Answer later;
        try (Session session = retort.restore(saved)) {
            later = session.generate(GenerationOptions.greedy(limits), ByteListener.NONE);
        }

        MemoryUsage usage = retort.memoryUsage(); // usedBytes() is never above maxBytes()
        return List.of(routing, confidence, answer, heard, score, prediction, later, usage);
    }
    // The example ends here.
}

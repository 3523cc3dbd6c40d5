/**
 * The runtime: opens a bundle of experts, routes a prompt to some of them and generates the answer that they agree on.
 *
 * <p>All that an application calls is here: {@link io.retort.inference.Retort}, which any number of threads share, and {@link
 * io.retort.inference.Session}, which is cheap and belongs to one. Everything in one method:
 *
 * <pre>{@code
 * static List<Object> everything(Path directory, String question) {
 *     byte[] prompt = (question + "\n").getBytes(StandardCharsets.UTF_8);
 *
 *     // Open: files are checked before a weight is used; experts and texts stay within 64 MiB.
 *     Retort retort = Retort.open(directory, Trust.anyone(Ed25519Check.INSTANCE), BoundedMemory.of(64L << 20));
 *
 *     // Route: who would answer, and how sure the router is of the first of them.
 *     Routing routing = retort.route(prompt);
 *     double confidence = retort.confidence(prompt);
 *
 *     // Generate: the whole answer at once,
 *     GenerationLimits limits = new GenerationLimits(200);
 *     Answer answer = retort.generate(prompt, limits);
 *
 *     // or byte by byte, here drawn by a seed; the listener's false cancels,
 *     GenerationOptions drawn = GenerationOptions.greedy(limits)
 *             .sampled(new Sampling(0.8, 0.95), 42)
 *             .stoppingAt("\n");
 *     ByteArrayOutputStream heard = new ByteArrayOutputStream();
 *     retort.generate(prompt, drawn, ExpertSelection.routed(), value -> {
 *         heard.write(value);
 *         return heard.size() < 20;
 *     });
 *
 *     // or in pieces, between which the caller has its turn.
 *     try (AnswerWriting writing = retort.begin(prompt, drawn, ExpertSelection.routed(), ByteListener.NONE)) {
 *         while (writing.advance(16)) {
 *             if (Thread.interrupted()) {
 *                 writing.cancel();
 *             }
 *         }
 *     }
 *
 *     // Score: ln p of a continuation, and of the end of the text behind it, in nats.
 *     byte[] continuation = answer.generation().bytes();
 *     double score = retort.logLikelihood(new ScoringRequest(prompt, continuation, Ending.END));
 *
 *     // Predict: how likely each next byte is.
 *     Prediction prediction = retort.predict(prompt);
 *
 *     // Session: a text that grows, of which each turn reads only what is new; saved as bytes.
 *     byte[] saved;
 *     try (Session session = retort.session(prompt)) {
 *         session.generate(drawn, ByteListener.NONE);
 *         session.read(prompt);
 *         saved = session.save();
 *     }
 *     Answer later;
 *     try (Session session = retort.restore(saved)) {
 *         later = session.generate(GenerationOptions.greedy(limits), ByteListener.NONE);
 *     }
 *
 *     MemoryUsage usage = retort.memoryUsage(); // usedBytes() is never above maxBytes()
 *     return List.of(routing, confidence, answer, heard, score, prediction, later, usage);
 * }
 * }</pre>
 *
 * <p>A fault of the caller's is an {@link java.lang.IllegalArgumentException} or {@link java.lang.IllegalStateException}; a bundle
 * that is damaged, hostile or not trusted a {@link io.retort.inference.bundles.BundleException}; bytes that are no saved session of
 * the bundle a {@link io.retort.inference.SavedSessionException}; a text that can never have room within the bound on memory a
 * {@link io.retort.inference.memory.MemoryLimitException}. Whoever waits for memory that others hold waits a minute, or as long as {@link
 * io.retort.inference.Retort#waiting} says, and then gets a {@link io.retort.inference.memory.MemoryWaitException}; who is interrupted
 * meanwhile, or no longer wanted, a {@link java.util.concurrent.CancellationException}.
 *
 * <p>Answers depend on the bundle, the arguments and what {@link io.retort.inference.Retort#history} was told, and on nothing else:
 * neither on threads nor on how a text was cut into turns.
 */
@NullMarked
package io.retort.inference;

import org.jspecify.annotations.NullMarked;

package io.retort.web;

import io.retort.inference.AnswerJson;
import io.retort.inference.Retort;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleException;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.Trust;
import io.retort.inference.ensembles.LongPrompt;
import io.retort.inference.ensembles.TextOptions;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.memory.Compression;
import io.retort.inference.memory.MemoryOptions;
import io.retort.inference.memory.Waiter;
import io.retort.inference.routing.PerformanceHistory;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.ScoringRequest;
import io.retort.inference.students.MemoryFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.teavm.jso.JSExport;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * An opened bundle as JavaScript sees it. What goes wrong is thrown as a JavaScript error with the runtime's message.
 * Results are JSON texts, so that both compilers' builds give the same.
 */
public final class WebRetort {
    private final Retort retort;

    private WebRetort(Retort retort) {
        this.retort = retort;
    }

    /**
     * Takes the loops of {@code lib/kernels.js}, before a bundle is opened; the build in JavaScript computes with them.
     */
    @JSExport
    public static void install(HostLoops loops) {
        InstalledLoops.install(loops);
    }

    /**
     * Opens a bundle that the host has fetched.
     *
     * @param paths of the files, with slashes
     * @param contents in the same order
     * @param maxMemory the bound on stored files, decoded experts and texts, in bytes; infinite for none
     * @param maxExperts that stay decoded
     * @param maxSymbols of a text, as {@link TextOptions} has them
     * @param slides whether a prompt that is too long loses its start; else it is refused
     * @throws BundleException with the first thing that is wrong
     */
    @JSExport
    public static WebRetort open(
            JSArrayReader<JSString> paths,
            JSArrayReader<Int8Array> contents,
            double maxMemory,
            int maxExperts,
            int maxSymbols,
            boolean slides) {
        TextOptions texts =
                new TextOptions(maxSymbols, slides ? LongPrompt.SLIDE : LongPrompt.REFUSE, MemoryFormat.F32);
        return open(paths, contents, maxMemory, maxExperts, texts);
    }

    static WebRetort open(
            JSArrayReader<JSString> paths,
            JSArrayReader<Int8Array> contents,
            double maxMemory,
            int maxExperts,
            TextOptions texts) {
        if (paths.getLength() != contents.getLength()) {
            throw new IllegalArgumentException(
                    "expected a content for each path, found " + contents.getLength() + " for " + paths.getLength());
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < paths.getLength(); i++) {
            files.put(paths.get(i).stringValue(), contents.get(i).copyToJavaArray());
        }
        Bundle bundle = Bundle.open(new MemoryBundleSource(files), Trust.anyone(new WebSignatures()));
        long bytes = maxMemory < Long.MAX_VALUE ? (long) maxMemory : Long.MAX_VALUE;
        MemoryOptions memory = new MemoryOptions(bytes, maxExperts, Compression.NONE, Waiter.NEVER);
        PerformanceHistory history = new PerformanceHistory(bundle.experts().size(), Retort.HISTORY_WINDOW);
        return WebProblems.coded(() -> new WebRetort(new Retort(bundle, history, memory, texts)));
    }

    /** Returns the experts that answer {@code prompt}: {@code {"confidence": …, "experts": […]}}. */
    @JSExport
    public String route(Int8Array prompt) {
        return JsonWriter.compact(AnswerJson.write(retort.bundle(), retort.route(prompt.copyToJavaArray())));
    }

    /** Returns what may come after {@code prompt}, the {@code most} likeliest bytes: see {@link AnswerJson}. */
    @JSExport
    public String predict(Int8Array prompt, int most) {
        return WebProblems.coded(() ->
                JsonWriter.compact(AnswerJson.write(retort.bundle(), retort.predict(prompt.copyToJavaArray()), most)));
    }

    /**
     * Returns the log-likelihoods in nats of continuations after contexts, as a JSON array in order. Neighbours that share a
     * context share the work of reading it.
     *
     * @param endings one a continuation: 1 where the text ends with it
     * @param experts {@code "routed"}, {@code "all"} or the id of an expert
     */
    @JSExport
    public String logLikelihoods(
            JSArrayReader<Int8Array> contexts,
            JSArrayReader<Int8Array> continuations,
            Int8Array endings,
            String experts) {
        List<ScoringRequest> requests = new ArrayList<>();
        for (int i = 0; i < contexts.getLength(); i++) {
            requests.add(new ScoringRequest(
                    contexts.get(i).copyToJavaArray(),
                    continuations.get(i).copyToJavaArray(),
                    endings.get(i) == 1 ? Ending.END : Ending.OPEN));
        }
        return WebProblems.coded(() -> {
            List<JsonValue> scores = new ArrayList<>();
            for (double score : retort.logLikelihoods(requests, WebOptions.selection(experts))) {
                scores.add(JsonNumber.of(score));
            }
            return JsonWriter.compact(new JsonArray(scores));
        });
    }

    /** Returns the bytes of weights held: see {@link WebMemory}. */
    @JSExport
    public String memory() {
        return JsonWriter.compact(WebMemory.of(retort));
    }

    /**
     * Begins an answer to {@code prompt}, of which {@code listener} is told each byte as it comes.
     *
     * @param options as {@link WebOptions} has them
     */
    @JSExport
    public WebGeneration begin(Int8Array prompt, String options, ByteCallback listener) {
        return begin(prompt.copyToJavaArray(), WebOptions.parse(options), listener);
    }

    WebGeneration begin(byte[] prompt, WebOptions options, ByteCallback listener) {
        return WebProblems.coded(
                () -> WebGeneration.begin(retort, prompt, options.generation(), options.selection(), listener));
    }

    Retort retort() {
        return retort;
    }
}

package io.retort.web;

import io.retort.inference.AnswerJson;
import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleException;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import java.util.LinkedHashMap;
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
     * Opens a bundle that the host has fetched.
     *
     * @param paths of the files, with slashes
     * @param contents in the same order
     * @throws BundleException with the first thing that is wrong
     */
    @JSExport
    public static WebRetort open(JSArrayReader<JSString> paths, JSArrayReader<Int8Array> contents) {
        if (paths.getLength() != contents.getLength()) {
            throw new IllegalArgumentException(
                    "expected a content for each path, found " + contents.getLength() + " for " + paths.getLength());
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < paths.getLength(); i++) {
            files.put(paths.get(i).stringValue(), contents.get(i).copyToJavaArray());
        }
        return new WebRetort(new Retort(Bundle.open(new MemoryBundleSource(files))));
    }

    /** Returns the experts that answer {@code prompt}: {@code {"confidence": …, "experts": […]}}. */
    @JSExport
    public String route(Int8Array prompt) {
        return JsonWriter.compact(AnswerJson.write(retort.bundle(), retort.route(prompt.copyToJavaArray())));
    }

    /**
     * Generates at most {@code maxBytes} bytes after {@code prompt}, greedily, telling {@code listener} each as it comes;
     * returns the answer as {@link AnswerJson} writes it.
     */
    @JSExport
    public String generate(Int8Array prompt, int maxBytes, ByteCallback listener) {
        return JsonWriter.compact(AnswerJson.write(
                retort.bundle(),
                retort.generate(
                        prompt.copyToJavaArray(),
                        GenerationOptions.greedy(new GenerationLimits(maxBytes)),
                        ExpertSelection.routed(),
                        value -> {
                            listener.accept(value & 0xFF);
                            return true;
                        })));
    }
}

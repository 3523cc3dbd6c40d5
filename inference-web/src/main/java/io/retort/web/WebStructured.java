package io.retort.web;

import io.retort.inference.conversations.ContextException;
import io.retort.inference.json.JsonWriter;
import java.util.function.Supplier;
import org.teavm.jso.JSExport;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * What a build with JSON schemas, tools and windows of conversations has beside {@link WebRetort}. They are a third of the runtime,
 * which a page that only asks does not load.
 */
public final class WebStructured {
    private WebStructured() {}

    /** Takes loops: see {@link WebRetort#install}. */
    @JSExport
    public static void install(HostLoops loops) {
        WebRetort.install(loops);
    }

    /** Opens a bundle: see {@link WebRetort#open}. */
    @JSExport
    public static WebRetort open(
            JSArrayReader<JSString> paths, JSArrayReader<Int8Array> contents, double maxMemory, int maxExperts) {
        return WebRetort.open(paths, contents, maxMemory, maxExperts);
    }

    /**
     * Begins an answer that matches a schema.
     *
     * @param options as {@link WebOptions} has them
     * @param schema its text
     */
    @JSExport
    public static WebGeneration beginJson(
            WebRetort retort, Int8Array prompt, String options, String schema, ByteCallback listener) {
        WebOptions parsed = WebOptions.parse(options);
        return retort.begin(
                prompt.copyToJavaArray(),
                new WebOptions(WebSchemas.under(schema, parsed.generation()), parsed.selection()),
                listener);
    }

    /**
     * Begins a request with tools.
     *
     * @param request as {@link WebToolRequest} has it
     */
    @JSExport
    public static WebTools beginTools(WebRetort retort, String request) {
        return inWindow(() -> new WebTools(retort.retort(), WebToolRequest.parse(request)));
    }

    /** Fits a conversation into a window: see {@link WebWindow}. */
    @JSExport
    public static String fit(String conversation) {
        return inWindow(() -> JsonWriter.compact(WebWindow.fit(conversation)));
    }

    /** Calls; where a text has no room, throws a JavaScript error whose {@code code} says so. */
    static <T> T inWindow(Supplier<T> call) {
        try {
            return WebProblems.coded(call);
        } catch (ContextException e) {
            WebProblems.raise("context", String.valueOf(e.getMessage()));
            throw e;
        }
    }
}

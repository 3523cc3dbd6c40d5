package io.retort.web;

import io.retort.inference.conversations.ContextException;
import io.retort.inference.ensembles.LongPrompt;
import io.retort.inference.ensembles.TextOptions;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.students.MemoryFormat;
import java.util.function.Supplier;
import org.teavm.jso.JSExport;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * What a build with JSON schemas, tools, windows of conversations, sessions and memories in 8 and 16 bits has beside {@link
 * WebRetort}. They are a third of the runtime, which a page that only asks does not load.
 */
public final class WebStructured {
    private WebStructured() {}

    /** Takes loops: see {@link WebRetort#install}. */
    @JSExport
    public static void install(HostLoops loops) {
        WebRetort.install(loops);
    }

    /**
     * Opens a bundle: see {@link WebRetort#open}.
     *
     * @param memoryBits of what is remembered of texts: 32, 16 or 8
     */
    @JSExport
    public static WebRetort open(
            JSArrayReader<JSString> paths,
            JSArrayReader<Int8Array> contents,
            double maxMemory,
            int maxExperts,
            int maxSymbols,
            boolean slides,
            int memoryBits) {
        TextOptions texts = new TextOptions(
                maxSymbols,
                slides ? LongPrompt.SLIDE : LongPrompt.REFUSE,
                switch (memoryBits) {
                    case 8 -> MemoryFormat.INT8;
                    case 16 -> MemoryFormat.INT16;
                    default -> MemoryFormat.F32;
                });
        return WebRetort.open(paths, contents, maxMemory, maxExperts, texts);
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
        return inWindow(() -> new WebTools(retort.retort(), WebToolRequest.parse(request, longestWindow(retort))));
    }

    /** Fits a conversation into a window: see {@link WebWindow}. */
    @JSExport
    public static String fit(WebRetort retort, String conversation) {
        return inWindow(() -> JsonWriter.compact(WebWindow.fit(conversation, longestWindow(retort))));
    }

    /**
     * Begins a session, and reads nothing yet.
     *
     * @param experts {@code "routed"}, {@code "all"} or the id of an expert
     * @param maxSymbols that its text may have
     */
    @JSExport
    public static WebSession openSession(WebRetort retort, Int8Array prompt, String experts, int maxSymbols) {
        return WebSession.open(retort.retort(), prompt.copyToJavaArray(), experts, maxSymbols);
    }

    /** Makes a saved session again, or throws a JavaScript error whose {@code code} says that it is none. */
    @JSExport
    public static WebSession restoreSession(WebRetort retort, Int8Array saved) {
        return WebSession.restore(retort.retort(), saved.copyToJavaArray());
    }

    /** The most symbols of a window: all that the runtime reads. */
    private static int longestWindow(WebRetort retort) {
        return retort.retort().textOptions().maxSymbols();
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

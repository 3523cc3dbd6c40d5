package io.retort.web;

import io.retort.inference.Answer;
import io.retort.inference.AnswerJson;
import io.retort.inference.AnswerWriting;
import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.Session;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.scoring.GenerationOptions;
import org.teavm.jso.JSExport;

/**
 * An answer that JavaScript drives in slices, because JavaScript has one thread for all that happens on a page: between two
 * slices it paints, hears of a cancelled request and goes on with others.
 */
public final class WebGeneration {
    private final Bundle bundle;
    private final AnswerWriting writing;

    private WebGeneration(Bundle bundle, AnswerWriting writing) {
        this.bundle = bundle;
        this.writing = writing;
    }

    static WebGeneration begin(
            Retort retort, byte[] prompt, GenerationOptions options, ExpertSelection selection, ByteCallback listener) {
        return new WebGeneration(retort.bundle(), retort.begin(prompt, options, selection, telling(listener)));
    }

    static WebGeneration begin(Bundle bundle, Session session, GenerationOptions options, ByteCallback listener) {
        return new WebGeneration(bundle, session.begin(options, telling(listener)));
    }

    private static ByteListener telling(ByteCallback listener) {
        return value -> {
            listener.accept(value & 0xFF);
            return true;
        };
    }

    /** Returns who answers, as {@link WebRetort#route} writes it; known before the first byte. */
    @JSExport
    public String routing() {
        return JsonWriter.compact(AnswerJson.write(bundle, writing.routing()));
    }

    /** Reads or writes at most {@code symbols} symbols; returns whether there is more to do. */
    @JSExport
    public boolean advance(int symbols) {
        return writing.advance(symbols);
    }

    /** Gives its memory back where it is not gone on with; nothing where it has ended. */
    @JSExport
    public void close() {
        writing.close();
    }

    /** Returns the answer as {@link AnswerJson} writes it, once there is no more to do. */
    @JSExport
    public String answer() {
        return JsonWriter.compact(AnswerJson.write(bundle, writing.answer()));
    }

    Answer result() {
        return writing.answer();
    }
}

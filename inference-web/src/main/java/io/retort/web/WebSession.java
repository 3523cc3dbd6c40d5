package io.retort.web;

import io.retort.inference.AnswerJson;
import io.retort.inference.Retort;
import io.retort.inference.SavedSessionException;
import io.retort.inference.Session;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.GenerationOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.teavm.jso.JSExport;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * A text that grows, as JavaScript has it, which reads it in slices: {@link #advance} until there is no more to read, then a
 * question. One that is asked before reads the rest in one go.
 */
public final class WebSession {
    private final Bundle bundle;
    private final Session session;

    private WebSession(Bundle bundle, Session session) {
        this.bundle = bundle;
        this.session = session;
    }

    static WebSession open(Retort retort, byte[] prompt, String experts, int maxSymbols) {
        return new WebSession(retort.bundle(), retort.unread(prompt, WebOptions.selection(experts), maxSymbols));
    }

    static WebSession restore(Retort retort, byte[] saved) {
        try {
            return new WebSession(retort.bundle(), retort.restore(saved));
        } catch (SavedSessionException e) {
            WebProblems.raise("session", String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /** Returns {@code {"maxSymbols": …}} with the members of a routing, which stay. */
    @JSExport
    public String describe() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("maxSymbols", JsonNumber.of((long) session.maxSymbols()));
        members.putAll(AnswerJson.write(bundle, session.routing()).members());
        return JsonWriter.compact(new JsonObject(members));
    }

    /** Takes what follows into the text, and reads nothing yet. */
    @JSExport
    public void append(Int8Array more) {
        session.append(more.copyToJavaArray());
    }

    /** Takes what was appended last, so many bytes, back. */
    @JSExport
    public void takeBack(int bytes) {
        session.truncate(session.text().length - bytes);
    }

    /** Lets others have the memory of a text that was read in part. */
    @JSExport
    public void pause() {
        session.pause();
    }

    /** Reads at most {@code symbols} symbols of what was not read yet; returns whether there is more. */
    @JSExport
    public boolean advance(int symbols) {
        return WebProblems.coded(() -> session.advance(symbols));
    }

    /** Begins an answer, which becomes part of the text; of the options, {@code experts} is of no account. */
    @JSExport
    public WebGeneration begin(String options, ByteCallback listener) {
        return begin(WebOptions.parse(options).generation(), listener);
    }

    /** Begins an answer that matches a schema, given as its text. */
    @JSExport
    public WebGeneration beginJson(String options, String schema, ByteCallback listener) {
        return begin(WebSchemas.under(schema, WebOptions.parse(options).generation()), listener);
    }

    private WebGeneration begin(GenerationOptions options, ByteCallback listener) {
        return WebProblems.coded(() -> WebGeneration.begin(bundle, session, options, listener));
    }

    /** Returns what may come next, the {@code most} likeliest bytes: see {@link AnswerJson}. */
    @JSExport
    public String predict(int most) {
        return WebProblems.coded(() -> JsonWriter.compact(AnswerJson.write(bundle, session.predict(), most)));
    }

    /** Returns the log-likelihood in nats of a continuation, which does not become part of the text. */
    @JSExport
    public double logLikelihood(Int8Array continuation, boolean ends) {
        return WebProblems.coded(
                () -> session.logLikelihood(continuation.copyToJavaArray(), ends ? Ending.END : Ending.OPEN));
    }

    /** Returns all that was read and generated. */
    @JSExport
    public Int8Array text() {
        return Int8Array.copyFromJavaArray(session.text());
    }

    /** Returns how many symbols the text has, the start included. */
    @JSExport
    public int symbols() {
        return session.symbols();
    }

    /** Returns what {@link WebStructured#restoreSession} makes this session of again, there or in the JVM. */
    @JSExport
    public Int8Array save() {
        return Int8Array.copyFromJavaArray(session.save());
    }

    /** Gives the memory back; an answer that goes on is cancelled. */
    @JSExport
    public void close() {
        session.close();
    }
}

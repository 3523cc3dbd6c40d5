package io.retort.inference.tools;

import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationOptions;

/** Goes on with a text: a bundle, or whatever else keeps to the constraint of the options. */
@FunctionalInterface
public interface AnswerWriter {
    /** Writes with the experts that {@code selection} takes, chosen anew for each text. */
    static AnswerWriter of(Retort retort, ExpertSelection selection) {
        return (text, options) ->
                retort.generate(text, options, selection, ByteListener.NONE).generation();
    }

    /** Returns what follows {@code text}. */
    Generation write(byte[] text, GenerationOptions options);
}

package io.retort.inference.tools;

import io.retort.inference.constraints.TextState;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.StopReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Writes what it was told to, and fails where the constraint does not allow that. */
public final class ScriptedWriter implements AnswerWriter {
    private final Deque<String> script;
    private final List<String> read = new ArrayList<>();

    public ScriptedWriter(String... script) {
        this.script = new ArrayDeque<>(List.of(script));
    }

    /** The texts that it was to go on with. */
    public List<String> read() {
        return read;
    }

    @Override
    public synchronized Generation write(byte[] text, GenerationOptions options) {
        read.add(new String(text, StandardCharsets.UTF_8));
        byte[] bytes = script.remove().getBytes(StandardCharsets.UTF_8);
        TextState state = options.constraint().start();
        for (int i = 0; i < bytes.length; i++) {
            state = state.next(bytes[i] & 0xFF);
            if (state.refused()) {
                throw new AssertionError("refused at byte " + i + " of " + new String(bytes, StandardCharsets.UTF_8));
            }
        }
        return new Generation(bytes, state.complete() ? StopReason.END_OF_TEXT : StopReason.BYTE_LIMIT, 0);
    }
}

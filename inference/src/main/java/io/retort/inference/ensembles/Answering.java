package io.retort.inference.ensembles;

import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.StopReason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An answer as its bytes come: what was written, what the listener knows of it, and when it ends. */
final class Answering {
    private final int maxBytes;
    private final StopTexts stops;
    private final ByteListener listener;
    private byte[] bytes;
    private int length;
    private int told;
    private boolean wanted = true;

    Answering(GenerationOptions options, ByteListener listener) {
        maxBytes = options.limits().maxBytes();
        stops = new StopTexts(options.stops());
        this.listener = listener;
        bytes = new byte[Math.min(maxBytes, 256)];
    }

    /** Returns how many bytes more the answer may have. */
    int room() {
        return maxBytes - length;
    }

    /** Takes the next byte; returns why the answer ends with it, null where it goes on. */
    @Nullable
    StopReason accept(int value, AllowedSymbols allowed) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(maxBytes, 2L * length));
        }
        bytes[length++] = (byte) value;
        int stop = stops.ending(bytes, length);
        if (stop > 0) {
            length -= stop;
            return finish(StopReason.STOP_TEXT);
        }
        if (allowed.closed() || length == maxBytes && allowed.whole()) {
            return finish(StopReason.END_OF_TEXT);
        }
        if (length == maxBytes) {
            return finish(StopReason.BYTE_LIMIT);
        }
        tell(length - stops.uncertain(bytes, length));
        return wanted ? null : cancel();
    }

    /** Ends the answer where it is; returns why it ended. */
    StopReason finish(StopReason why) {
        tell(length);
        return told == length ? why : cancel();
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** What the listener did not want to hear is not part of the answer. */
    private StopReason cancel() {
        length = told;
        return StopReason.CANCELLED;
    }

    private void tell(int to) {
        while (wanted && told < to) {
            wanted = listener.accept(bytes[told++]);
        }
    }
}

package io.retort.inference.ensembles;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Finds where an answer is to stop. Stateless, thread-safe. */
final class StopTexts {
    private final byte[][] stops;

    StopTexts(List<String> stops) {
        // A loop, for a stream brings all of java.util.stream into what browsers load.
        this.stops = new byte[stops.size()][];
        for (int i = 0; i < this.stops.length; i++) {
            this.stops[i] = stops.get(i).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Length of the longest stop that the first {@code length} bytes end with; 0 if they end with none. */
    int ending(byte[] bytes, int length) {
        int longest = 0;
        for (byte[] stop : stops) {
            if (stop.length > longest && endsWith(bytes, length, stop, stop.length)) {
                longest = stop.length;
            }
        }
        return longest;
    }

    /** How many of the last bytes may be the beginning of a stop, and are not certain yet. */
    int uncertain(byte[] bytes, int length) {
        int most = 0;
        for (byte[] stop : stops) {
            for (int begun = Math.min(stop.length - 1, length); begun > most; begun--) {
                if (endsWith(bytes, length, stop, begun)) {
                    most = begun;
                }
            }
        }
        return most;
    }

    private static boolean endsWith(byte[] bytes, int length, byte[] stop, int begun) {
        return begun <= length && Arrays.equals(bytes, length - begun, length, stop, 0, begun);
    }
}

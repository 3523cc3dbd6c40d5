package io.retort.datasets.sources;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.retort.datasets.corpus.Rejection;
import io.retort.datasets.corpus.RejectionReason;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Plain text cut at every occurrence of a mark, wherever in a line it stands; blank texts are skipped. */
final class MarkedTextReader implements RecordReader {
    private static final int BUFFER_BYTES = 1 << 16;

    private final byte[] mark;

    MarkedTextReader(String mark) {
        this.mark = mark.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void read(Storage storage, Location file, RecordSink sink) throws IOException {
        Text text = new Text(file, sink);
        int[] fallback = fallback();
        int matched = 0;
        try (InputStream in = new BufferedInputStream(storage.open(file), BUFFER_BYTES)) {
            for (int value = in.read(); value >= 0 && sink.isOpen(); value = in.read()) {
                text.add(value);
                // Knuth, Morris, Pratt: how much of the mark the text ends with.
                while (matched > 0 && mark[matched] != (byte) value) {
                    matched = fallback[matched - 1];
                }
                if (mark[matched] == (byte) value) {
                    matched++;
                }
                if (matched == mark.length) {
                    text.end(mark.length);
                    matched = 0;
                }
            }
        }
        text.end(0);
    }

    /** By length - 1 of a prefix of the mark: the longest shorter prefix that it ends with. */
    private int[] fallback() {
        int[] fallback = new int[mark.length];
        int matched = 0;
        for (int i = 1; i < mark.length; i++) {
            while (matched > 0 && mark[matched] != mark[i]) {
                matched = fallback[matched - 1];
            }
            if (mark[matched] == mark[i]) {
                matched++;
            }
            fallback[i] = matched;
        }
        return fallback;
    }

    /** The bytes since the last mark. */
    private static final class Text {
        private final Location file;
        private final RecordSink sink;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long line = 1;
        private long firstLine = 1;
        private boolean isTooLong;

        Text(Location file, RecordSink sink) {
            this.file = file;
            this.sink = sink;
        }

        void add(int value) {
            if (value == '\n') {
                line++;
            }
            if (bytes.size() >= BoundedLines.LONGEST) {
                isTooLong = true;
            } else {
                bytes.write(value);
            }
        }

        void end(int markBytes) throws IOException {
            String place = file + ":" + firstLine;
            byte[] kept = bytes.toByteArray();
            boolean tooLong = isTooLong;
            bytes.reset();
            isTooLong = false;
            firstLine = line;
            if (!sink.isOpen()) {
                return;
            }
            if (tooLong) {
                sink.rejected(new Rejection(
                        place,
                        RejectionReason.TOO_LONG,
                        "expected texts of at most " + BoundedLines.LONGEST + " bytes, found a longer one"));
                return;
            }
            try {
                String text = BoundedLines.decode(Arrays.copyOf(kept, kept.length - markBytes));
                if (!text.isBlank()) {
                    sink.record(place, JsonNodeFactory.instance.objectNode().put("text", text));
                }
            } catch (RejectedRecordException e) {
                sink.rejected(new Rejection(place, e.reason(), String.valueOf(e.getMessage())));
            }
        }
    }
}

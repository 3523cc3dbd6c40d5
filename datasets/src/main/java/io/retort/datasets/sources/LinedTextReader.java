package io.retort.datasets.sources;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.retort.datasets.corpus.RejectionReason;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Plain text cut at ends of lines: at blank ones, or where the next line would be too much. A line that is too long or
 * not UTF-8 is rejected and ends the text before it.
 *
 * <p>Pieces cut by size go on where the one before ended, often in the middle of a story; so {@value #GROUP_PIECES} in a
 * row are a group, known by the first of them.
 */
final class LinedTextReader implements RecordReader {
    private static final int GROUP_PIECES = 16;

    private final TextCut cut;
    private final int mostBytes;

    LinedTextReader(TextCut cut) {
        this.cut = cut;
        mostBytes = cut instanceof TextCut.AtSize size ? size.bytes() : BoundedLines.LONGEST;
    }

    @Override
    public void read(Storage storage, Location file, RecordSink sink) throws IOException {
        Text text = new Text(sink, cut instanceof TextCut.AtSize ? GROUP_PIECES : 1);
        try (BoundedLines lines = new BoundedLines(storage, file)) {
            while (sink.isOpen() && lines.next()) {
                try {
                    add(lines.text(), lines.place(), text);
                } catch (RejectedRecordException e) {
                    text.end();
                    sink.rejected(lines.rejection(e));
                }
            }
        }
        text.end();
    }

    private void add(String line, String place, Text text) throws IOException, RejectedRecordException {
        if (cut instanceof TextCut.AtBlankLines && line.isBlank()) {
            text.end();
            return;
        }
        String rest = line;
        int bytes = utf8Bytes(rest) + 1;
        if (text.bytes + bytes > mostBytes) {
            text.end();
        }
        while (bytes > mostBytes && !rest.isEmpty()) {
            if (cut instanceof TextCut.AtBlankLines) {
                throw new RejectedRecordException(
                        RejectionReason.TOO_LONG, "expected paragraphs of at most " + mostBytes + " bytes");
            }
            int end = fitting(rest, mostBytes - 1);
            text.add(rest.substring(0, end), place);
            text.end();
            rest = rest.substring(end);
            bytes = utf8Bytes(rest) + 1;
        }
        text.add(rest, place);
        text.bytes += bytes;
    }

    /** How many chars of a line fit into so many bytes; up to and with the last space if there is one in them. */
    private static int fitting(String line, int bytes) {
        int end = 0;
        int used = 0;
        while (end < line.length()) {
            int codePoint = line.codePointAt(end);
            used += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (used > bytes) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        int space = line.lastIndexOf(' ', end - 1);
        return space > 0 ? space + 1 : end;
    }

    private static int utf8Bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The lines of the document at hand. */
    private static final class Text {
        private final RecordSink sink;
        private final int piecesAGroup;
        private final StringBuilder lines = new StringBuilder();
        private String place = "";
        private int bytes;
        private int pieces;
        private String group = RecordSink.ALONE;

        Text(RecordSink sink, int piecesAGroup) {
            this.sink = sink;
            this.piecesAGroup = piecesAGroup;
        }

        void add(String line, String where) {
            if (lines.length() == 0) {
                place = where;
            }
            lines.append(line).append('\n');
        }

        void end() throws IOException {
            String text = lines.toString();
            lines.setLength(0);
            bytes = 0;
            if (!text.isBlank() && sink.isOpen()) {
                if (pieces++ % piecesAGroup == 0) {
                    group = text;
                }
                sink.record(place, JsonNodeFactory.instance.objectNode().put("text", text), group);
            }
        }
    }
}

package io.retort.datasets.sources;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.datasets.corpus.RejectionReason;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * bAbI's stories (Weston et al., "Towards AI-Complete Question Answering", 2015): numbered lines, where 1 begins a story;
 * a line with columns is a question, its answer and the numbers of the supporting statements. Questions are no part of
 * the story for later ones, and all questions about a story are one group, known by the statements before the first of
 * them, two at most. After a broken line the rest of its story is rejected.
 */
final class BabiReader implements RecordReader {
    private static final Pattern LINE = Pattern.compile("([0-9]{1,6}) (.+)");

    private final String columns;

    BabiReader(String columns) {
        this.columns = columns;
    }

    @Override
    public void read(Storage storage, Location file, RecordSink sink) throws IOException {
        Story story = new Story();
        try (BoundedLines lines = new BoundedLines(storage, file)) {
            while (sink.isOpen() && lines.next()) {
                try {
                    String line = lines.text();
                    if (!line.isBlank()) {
                        add(line, story, lines.place(), sink);
                    }
                } catch (RejectedRecordException e) {
                    story.lastNumber = Story.BROKEN;
                    sink.rejected(lines.rejection(e));
                }
            }
        }
    }

    private void add(String line, Story story, String place, RecordSink sink)
            throws IOException, RejectedRecordException {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw malformed("expected a number, a space and a sentence, found \"" + line + "\"");
        }
        int number = Integer.parseInt(matcher.group(1));
        if (number == 1) {
            story.begin();
        } else if (story.lastNumber == Story.BROKEN) {
            throw malformed("expected an unbroken story before line number " + number);
        } else if (number != story.lastNumber + 1) {
            throw malformed("expected line number " + (story.lastNumber + 1) + ", found " + number);
        }
        story.lastNumber = number;
        String[] parts = matcher.group(2).split(Pattern.quote(columns), -1);
        switch (parts.length) {
            case 1 -> story.statements.add(parts[0].strip());
            case 2, 3 -> sink.record(place, question(story, parts), story.group());
            default -> throw malformed("expected question, answer and support, found " + parts.length + " columns");
        }
    }

    private static ObjectNode question(Story story, String[] parts) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        story.statements.forEach(record.putArray("story")::add);
        record.put("question", parts[0].strip());
        record.put("answer", parts[1].strip());
        record.put("support", parts.length > 2 ? parts[2].strip() : "");
        return record;
    }

    private static RejectedRecordException malformed(String detail) {
        return new RejectedRecordException(RejectionReason.MALFORMED, detail);
    }

    private static final class Story {
        static final int BROKEN = -1;

        /** Few, so that one story told further by another file is still the same group. */
        private static final int GROUP_STATEMENTS = 2;

        private final List<String> statements = new ArrayList<>();
        private String group = RecordSink.ALONE;
        private int lastNumber;

        void begin() {
            statements.clear();
            group = RecordSink.ALONE;
        }

        /** What the story's questions are known by; asked for at each of them. */
        String group() {
            if (group.equals(RecordSink.ALONE)) {
                int known = Math.min(GROUP_STATEMENTS, statements.size());
                group = String.join("\n", statements.subList(0, known));
            }
            return group;
        }
    }
}

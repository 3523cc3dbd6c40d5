package io.retort.datasets.sources;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes documents of records. Ends of lines become newlines; an answer loses the newlines before it and the white space
 * after it; nothing else is changed.
 */
final class DocumentMaker {
    private final SourceSpec spec;
    private final Optional<Pattern> answerPattern;

    DocumentMaker(SourceSpec spec) {
        this.spec = spec;
        answerPattern = spec.mapping().answerPattern().map(Mapping::compile);
    }

    /**
     * The document of a record.
     *
     * @param readersGroup the reader's, see {@link RecordSink#record(String, JsonNode, String)}; the mapping's comes first
     */
    Document document(JsonNode record, String readersGroup) throws MissingFieldException, RejectedRecordException {
        String prompt = newlines(spec.mapping().prompt().render(record));
        String answer = trimmed(captured(newlines(spec.mapping().answer().render(record))));
        if (answer.isEmpty()) {
            throw new RejectedRecordException(RejectionReason.EMPTY_ANSWER, "expected an answer, found an empty one");
        }
        long bytes = utf8Bytes(prompt) + utf8Bytes(answer);
        if (bytes > spec.options().mostBytes()) {
            throw new RejectedRecordException(
                    RejectionReason.TOO_LONG,
                    "expected at most " + spec.options().mostBytes() + " bytes, found " + bytes);
        }
        List<String> choices = choices(record);
        if (!choices.isEmpty() && !choices.contains(answer)) {
            throw new RejectedRecordException(
                    RejectionReason.NO_MATCH, "expected one of the choices " + choices + ", found \"" + answer + "\"");
        }
        try {
            String group = spec.mapping().group().isPresent()
                    ? spec.mapping().group().get().render(record)
                    : readersGroup;
            Document document = Document.of(spec.domain(), spec.task(), prompt, answer, choices);
            return group.isEmpty() ? document : document.inGroup(group);
        } catch (IllegalArgumentException e) {
            // What is left to be wrong is a surrogate without its other half, which JSON's \ud800 can bring in.
            throw new RejectedRecordException(RejectionReason.INVALID_UTF8, String.valueOf(e.getMessage()));
        }
    }

    private String captured(String answer) throws RejectedRecordException {
        if (answerPattern.isEmpty()) {
            return answer;
        }
        Matcher matcher = answerPattern.get().matcher(answer);
        if (!matcher.find()) {
            throw new RejectedRecordException(
                    RejectionReason.NO_MATCH,
                    "expected " + answerPattern.get() + " in the answer, found \"" + answer + "\"");
        }
        String captured = matcher.group(matcher.groupCount() > 0 ? 1 : 0);
        return captured == null ? "" : captured;
    }

    private List<String> choices(JsonNode record) throws MissingFieldException, RejectedRecordException {
        List<String> choices = new ArrayList<>();
        for (Template template : spec.mapping().choices()) {
            for (String choice : template.renderEach(record)) {
                choices.add(trimmed(newlines(choice)));
            }
        }
        return choices;
    }

    private static String newlines(String text) {
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    }

    private static String trimmed(String answer) {
        int start = 0;
        while (start < answer.length() && answer.charAt(start) == '\n') {
            start++;
        }
        return answer.substring(start).stripTrailing();
    }

    private static int utf8Bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

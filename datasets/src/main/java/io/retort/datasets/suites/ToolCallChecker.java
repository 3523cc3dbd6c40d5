package io.retort.datasets.suites;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.retort.datasets.corpus.Document;
import java.util.Iterator;
import java.util.Locale;

/**
 * Accepts a call that is strict JSON on one line, fits the schema of a tool declared in the prompt and equals the
 * reference call. The order of keys and the white space between tokens do not matter. Refused are: anything before or
 * after the object, a key given twice, an argument the schema does not have, a number written as a string.
 */
final class ToolCallChecker implements Checker {

    private static final int LONGEST_CALL = 4096;
    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxNumberLength(20)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @Override
    public Verdict check(Document document, String produced) {
        ExactAnswer.requireDomain(document, ToolUseSuite.DOMAIN);
        if (produced.length() > LONGEST_CALL) {
            return Verdict.wrong("expected at most " + LONGEST_CALL + " characters, found " + produced.length());
        }
        if (produced.contains("\n") || produced.contains("\r")) {
            return Verdict.wrong("expected one line, found '" + ExactAnswer.shortened(produced) + "'");
        }
        JsonNode call;
        try {
            call = STRICT.readTree(produced);
        } catch (JsonProcessingException e) {
            return Verdict.wrong("not JSON: " + ExactAnswer.shortened(e.getOriginalMessage()));
        }
        Verdict form = form(call);
        return form.correct() ? against(document, call) : form;
    }

    /** An object of a text "name" and an object "arguments", no more. */
    private static Verdict form(JsonNode call) {
        if (!call.isObject() || call.size() != 2) {
            return Verdict.wrong("expected an object of name and arguments");
        }
        if (!call.path("name").isTextual()) {
            return Verdict.wrong("expected a string as name");
        }
        return call.path("arguments").isObject() ? Verdict.right() : Verdict.wrong("expected an object as arguments");
    }

    private static Verdict against(Document document, JsonNode call) {
        String name = call.path("name").textValue();
        for (String line : document.prompt().split("\n", -1)) {
            if (line.startsWith(name + "(")) {
                Verdict fit = fits(ToolSchema.parse(line), call.path("arguments"));
                return fit.correct() ? equal(document, call) : fit;
            }
        }
        return Verdict.wrong("no tool of that name: " + ExactAnswer.shortened(name));
    }

    private static Verdict fits(ToolSchema schema, JsonNode arguments) {
        int known = 0;
        for (ToolSchema.Parameter parameter : schema.parameters()) {
            JsonNode value = arguments.get(parameter.name());
            if (value == null) {
                if (parameter.presence() == ToolSchema.Presence.REQUIRED) {
                    return Verdict.wrong("the argument " + parameter.name() + " is missing");
                }
                continue;
            }
            known++;
            if (!fits(parameter, value)) {
                return Verdict.wrong("expected " + parameter.type().name().toLowerCase(Locale.ROOT) + " as "
                        + parameter.name() + ", found " + ExactAnswer.shortened(value.toString()));
            }
        }
        return known == arguments.size() ? Verdict.right() : unknown(schema, arguments);
    }

    private static boolean fits(ToolSchema.Parameter parameter, JsonNode value) {
        return switch (parameter.type()) {
            case STRING -> value.isTextual();
            case INTEGER -> value.isIntegralNumber();
            case CHOICE -> value.isTextual() && parameter.choices().contains(value.textValue());
        };
    }

    private static Verdict unknown(ToolSchema schema, JsonNode arguments) {
        for (Iterator<String> names = arguments.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (schema.parameters().stream().noneMatch(p -> p.name().equals(name))) {
                return Verdict.wrong("no such argument: " + ExactAnswer.shortened(name));
            }
        }
        throw new IllegalStateException("every argument is known: " + arguments);
    }

    private static Verdict equal(Document document, JsonNode call) {
        try {
            return STRICT.readTree(document.answer()).equals(call)
                    ? Verdict.right()
                    : Verdict.wrong(
                            "expected " + document.answer() + ", found " + ExactAnswer.shortened(call.toString()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("document " + document.id() + " has a reference that is no JSON", e);
        }
    }
}

package io.retort.datasets.sources;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with places that a record's fields fill. Immutable and safe for use by many threads.
 *
 * <pre>
 * {question}                       a field; a path such as question[0][0].content leads into nested ones
 * {#test_list}{.}\n{/test_list}    what stands between, once for each element of an array, with paths from the element
 * {truth.ground_truth[0]|call}     a field through a filter, see {@link CallFilter}
 * {{ and }}                        a brace
 * </pre>
 *
 * <p>A text fills its place as it is, a number in its shortest decimal form (51.0 as 51), an object or array as compact
 * JSON.
 */
public final class Template {
    private static final int MOST_DIGITS = 64;

    private sealed interface Part {
        record Text(String text) implements Part {}

        record Field(FieldPath path) implements Part {}

        record Call(FieldPath path) implements Part {}

        record Each(FieldPath path, List<Part> parts) implements Part {}
    }

    private final String source;
    private final List<Part> parts;

    private Template(String source, List<Part> parts) {
        this.source = source;
        this.parts = parts;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException saying what is wrong with it and at which character
     */
    public static Template parse(String source) {
        Reading reading = new Reading(source);
        return new Template(source, reading.parts(""));
    }

    /** The text it was read from. */
    public String source() {
        return source;
    }

    /** The text that a record makes of it. */
    String render(JsonNode record) throws MissingFieldException, RejectedRecordException {
        StringBuilder out = new StringBuilder();
        render(parts, record, out);
        return out.toString();
    }

    /** The texts of the elements, if the template is one field and that is an array; else the one text. */
    List<String> renderEach(JsonNode record) throws MissingFieldException, RejectedRecordException {
        if (parts.size() == 1 && parts.get(0) instanceof Part.Field field) {
            JsonNode value = field.path().in(record);
            if (value.isArray()) {
                List<String> texts = new ArrayList<>();
                for (JsonNode element : value) {
                    texts.add(text(element));
                }
                return texts;
            }
        }
        return List.of(render(record));
    }

    private static void render(List<Part> parts, JsonNode record, StringBuilder out)
            throws MissingFieldException, RejectedRecordException {
        for (Part part : parts) {
            if (part instanceof Part.Text text) {
                out.append(text.text());
            } else if (part instanceof Part.Field field) {
                out.append(text(field.path().in(record)));
            } else if (part instanceof Part.Call call) {
                out.append(CallFilter.apply(call.path().in(record)));
            } else if (part instanceof Part.Each each) {
                JsonNode array = each.path().in(record);
                if (!array.isArray()) {
                    throw new MissingFieldException(
                            "expected an array in field " + each.path() + ", found " + array.getNodeType());
                }
                for (JsonNode element : array) {
                    render(each.parts(), element, out);
                }
            }
        }
    }

    /** As exact as it was written, but without needless zeros; huge exponents stay as they are. */
    private static String text(JsonNode value) {
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue().stripTrailingZeros();
            boolean isShort = Math.abs(number.scale()) <= MOST_DIGITS && number.precision() <= MOST_DIGITS;
            return isShort ? number.toPlainString() : number.toString();
        }
        return value.isContainerNode() ? value.toString() : value.asText();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Template template && template.source.equals(source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    @Override
    public String toString() {
        return source;
    }

    /** One pass over a template's text. */
    private static final class Reading {
        private final String source;
        private int at;

        Reading(String source) {
            this.source = source;
        }

        /** The parts up to the end, or up to the end of the section of this name. */
        List<Part> parts(String section) {
            List<Part> parts = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            while (at < source.length()) {
                char c = source.charAt(at);
                boolean isDoubled = at + 1 < source.length() && source.charAt(at + 1) == c;
                if ((c == '{' || c == '}') && isDoubled) {
                    text.append(c);
                    at += 2;
                } else if (c == '}') {
                    throw wrong("expected }} for a brace, found }", at);
                } else if (c != '{') {
                    text.append(c);
                    at++;
                } else {
                    flush(text, parts);
                    String tag = tag();
                    if (tag.startsWith("/")) {
                        if (section.isEmpty() || !tag.substring(1).equals(section)) {
                            throw wrong("expected no {" + tag + "} here", at);
                        }
                        return List.copyOf(parts);
                    }
                    parts.add(part(tag));
                }
            }
            if (!section.isEmpty()) {
                throw wrong("expected {/" + section + "}, found the end", at);
            }
            flush(text, parts);
            return List.copyOf(parts);
        }

        private Part part(String tag) {
            if (tag.startsWith("#")) {
                String name = tag.substring(1);
                return new Part.Each(FieldPath.parse(name), parts(name));
            }
            int bar = tag.indexOf('|');
            if (bar < 0) {
                return new Part.Field(FieldPath.parse(tag));
            }
            if (!tag.substring(bar + 1).equals("call")) {
                throw wrong("expected the filter call, found " + tag.substring(bar + 1), at);
            }
            return new Part.Call(FieldPath.parse(tag.substring(0, bar)));
        }

        private String tag() {
            int end = source.indexOf('}', at);
            if (end < 0) {
                throw wrong("expected } after {, found the end", at);
            }
            String tag = source.substring(at + 1, end);
            at = end + 1;
            return tag;
        }

        private static void flush(StringBuilder text, List<Part> parts) {
            if (text.length() > 0) {
                parts.add(new Part.Text(text.toString()));
                text.setLength(0);
            }
        }

        private IllegalArgumentException wrong(String what, int where) {
            return new IllegalArgumentException(
                    what + " at char " + where + " of template \"" + source.replace("\n", "\\n") + "\"");
        }
    }
}

package io.retort.eval.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected texts are what Jinja2 3.1.6 rendered, with StrictUndefined and keep_trailing_newline as in the harness. */
class TemplateTest {
    private static final Place PLACE = new Place("a.yaml", 3);
    private static final String DOCUMENT = """
            {"q": " What? ", "n": 3, "f": 1e-05, "g": 1e16, "h": 0.1, "t": true, "z": null,
             "l": ["a", "it's", "say \\"x\\"", "both ' \\""], "o": {"k": [1, 2.5, "é\\n"]}}
            """;

    private static JsonNode document() {
        try {
            return new ObjectMapper().readTree(DOCUMENT);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Arguments> rendered() {
        return Stream.of(
                Arguments.of("{{q}}|{{ n }}|{{f}} {{g}} {{h}}|{{t}} {{z}}\n", " What? |3|1e-05 1e+16 0.1|True None\n"),
                Arguments.of("{{l}}", "['a', \"it's\", 'say \"x\"', 'both \\' \"']"),
                Arguments.of("{{o.k[-1]}}{{o['k'][0]}}", "é\n1"),
                Arguments.of("{{q|trim|lower}}!", "what?!"),
                Arguments.of("{{ q.strip() + ' ' ~ n }}", "What? 3"),
                Arguments.of("{{ l|join(', ') }}", "a, it's, say \"x\", both ' \""),
                Arguments.of("{{[l[0], 'x']}}", "['a', 'x']"),
                Arguments.of("{{o}}", "{'k': [1, 2.5, 'é\\n']}"),
                Arguments.of("{{ 'a\\nb\\'' }}\r\nx\ry", "a\nb'\nx\ny"),
                Arguments.of("{{ l|length }} {{l|first}} {{l.index(\"it's\")}}", "4 a 1"),
                Arguments.of("{{ q | replace('W','w') | upper }}{{'abC'|capitalize}}{{'7'|int + 1}}", " WHAT? Abc8"),
                Arguments.of("a { b } {c}", "a { b } {c}"),
                Arguments.of("{{ 'a-b'.split('-') }}", "['a', 'b']"));
    }

    @ParameterizedTest
    @MethodSource("rendered")
    void aTemplateRendersAsJinjaDoes(String template, String expected) {
        assertThat(Template.parse(PLACE, template).render(document())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% if q %}x{% endif %}",
                "{# note #}",
                "{{- q }}",
                "{{ q",
                "{{ q }",
                "{{ q if n else z }}",
                "{{ q|title }}",
                "{{ q.title() }}",
                "{{ l[1:] }}",
                "{{ q * 2 }}",
                "{{ 1.5 }}",
                "{{ q | replace('a') }}",
                "{{ 'a }}",
                "{{ '\\q' }}",
                "{{ }}",
                "{{ range(3) }}",
                "{{ not q }}"
            })
    void whatTheSubsetHasNotIsRefusedWithItsPlace(String template) {
        assertThatThrownBy(() -> Template.parse(PLACE, template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a.yaml:3: ");
    }

    @Test
    void deepNestingIsRefusedBeforeItTakesTheStack() {
        assertThatThrownBy(() -> Template.parse(PLACE, "{{ " + "(".repeat(100_000)))
                .hasMessageContaining("at most 20 levels");
    }

    @Test
    void aFieldThatIsNotThereIsAFault() {
        assertThatThrownBy(() -> Template.parse(PLACE, "{{ missing }}").render(document()))
                .hasMessage("expected a field missing of the document, found none");
    }
}

package io.retort.datasets.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private static JsonNode json(String text) {
        try {
            return JsonRecords.JSON.readTree(text.replace('\'', '"'));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String render(String template, String record) throws Exception {
        return Template.parse(template).render(json(record));
    }

    @Test
    void fieldsFillTheirPlaces() throws Exception {
        assertThat(render("Q: {q}\nA: {a}", "{'q':'1+1?','a':'2 {x}'}")).isEqualTo("Q: 1+1?\nA: 2 {x}");
        assertThat(render("{q[0][1].content}", "{'q':[['x',{'content':'deep'}]]}"))
                .isEqualTo("deep");
        assertThat(render("{a b.c-d}", "{'a b':{'c-d':'odd names'}}")).isEqualTo("odd names");
        assertThat(render("no field", "{}")).isEqualTo("no field");
        assertThat(render("", "{}")).isEmpty();
    }

    @Test
    void numbersAreShortAndExactAndOtherValuesAreJson() throws Exception {
        assertThat(render("{n}", "{'n':51.0}")).isEqualTo("51");
        assertThat(render("{n}", "{'n':100}")).isEqualTo("100");
        assertThat(render("{n}", "{'n':0.1}")).isEqualTo("0.1");
        assertThat(render("{n}", "{'n':-1.50e2}")).isEqualTo("-150");
        assertThat(render("{n}", "{'n':12345678901234567890.125}")).isEqualTo("12345678901234567890.125");
        assertThat(render("{n}", "{'n':1e999999999}")).isEqualTo("1E+999999999");
        assertThat(render("{n}", "{'n':true}")).isEqualTo("true");
        assertThat(render("{n}", "{'n':[1, {'a': 'b'}]}")).isEqualTo("[1,{\"a\":\"b\"}]");
    }

    @Test
    void doubledBracesAreBraces() throws Exception {
        assertThat(render("{{\"k\": {v}}}", "{'v':1}")).isEqualTo("{\"k\": 1}");
        assertThat(render("{{v}}", "{'v':1}")).isEqualTo("{v}");
    }

    @Test
    void aSectionRepeatsForEveryElement() throws Exception {
        assertThat(render("{#s}{.}\n{/s}{q}\n", "{'s':['a','b'],'q':'c'}")).isEqualTo("a\nb\nc\n");
        assertThat(render("{#kv}{[0]}={[1]};{/kv}", "{'kv':[['a',1],['b',2]]}")).isEqualTo("a=1;b=2;");
        assertThat(render("{#a.b}<{#c}{.}{/c}>{/a.b}", "{'a':{'b':[{'c':[1,2]},{'c':[]}]}}"))
                .isEqualTo("<12><>");
    }

    @Test
    void theCallFilterTakesTheFirstRightValues() throws Exception {
        assertThat(render("{t|call}", "{'t':{'f.g':{'x':[1,2],'unit':['','m'],'o':[true],'l':[[3,4]]}}}"))
                .isEqualTo("{\"name\":\"f.g\",\"arguments\":{\"x\":1,\"o\":true,\"l\":[3,4]}}");
        assertThat(render("{t|call}", "{'t':{'f':{'d':[{'a':[1,2],'b':['']}]}}}"))
                .isEqualTo("{\"name\":\"f\",\"arguments\":{\"d\":{\"a\":1}}}");
        for (String bad : List.of("{'t':{}}", "{'t':{'f':{},'g':{}}}", "{'t':[]}", "{'t':{'f':{'x':[]}}}")) {
            assertThatThrownBy(() -> render("{t|call}", bad)).isInstanceOf(RejectedRecordException.class);
        }
    }

    @Test
    void aMissingFieldIsNamedWithWhatIsThere() {
        assertThatThrownBy(() -> render("{qestion}", "{'question':1,'answer':2}"))
                .isInstanceOf(MissingFieldException.class)
                .hasMessage("expected field qestion, found [question, answer]");
        assertThatThrownBy(() -> render("{a[2]}", "{'a':[1]}")).hasMessageContaining("an array of 1");
        assertThatThrownBy(() -> render("{a.b}", "{'a':1}")).hasMessageContaining("a single value");
        assertThatThrownBy(() -> render("{a}", "{'a':null}")).hasMessageContaining("null");
        assertThatThrownBy(() -> render("{#a}x{/a}", "{'a':1}")).hasMessageContaining("array");
    }

    @Test
    void aBrokenTemplateIsRefusedWithItsPlace() {
        for (String bad : List.of(
                "{a",
                "a}",
                "{}",
                "{a..b}",
                "{a[}",
                "{a[x]}",
                "{a[-1]}",
                "{a.}",
                "{.a}",
                "{[0]a}",
                "{a[99999999999]}",
                "{#a}",
                "{/a}",
                "{#a}{/b}",
                "{#a}{#b}{/a}{/b}",
                "{a|upper}",
                "{#}{/}")) {
            assertThatThrownBy(() -> Template.parse(bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected");
        }
        assertThatThrownBy(() -> Template.parse("abc}")).hasMessageContaining("char 3");
    }

    @Test
    void choicesMayBeAnArray() throws Exception {
        assertThat(Template.parse("{c}").renderEach(json("{'c':['a',2]}"))).containsExactly("a", "2");
        assertThat(Template.parse("{c}").renderEach(json("{'c':'a'}"))).containsExactly("a");
    }
}

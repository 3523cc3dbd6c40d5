package io.retort.inference.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.constraints.TextState;
import io.retort.inference.json.JsonException;
import io.retort.inference.json.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSchemaTest {
    private static JsonSchema schema(String text) {
        return JsonSchema.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String problem(String schema, String value) {
        Optional<Violation> violation = schema(schema)
                .violation(JsonParser.parse(value.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        return violation.map(Violation::toString).orElse("");
    }

    private static TextState after(String schema, String text) {
        TextState state = schema(schema).constraint().start();
        for (byte b : text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)) {
            state = state.next(b & 0xFF);
        }
        return state;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type':'object','properties':{'x':{'type':'string','pattern':'a+'}}}|#/properties/x/pattern: expected one of the keywords [",
                "{'type':'object','properties':{'a/b~':{'$ref':'#'}}}|#/properties/a~1b~0/$ref: expected one of the keywords [",
                "{'type':'array','items':{'oneOf':[]}}|#/items/oneOf: expected one of the keywords [",
                "{'type':'array','items':{'type':'string','format':'date'}}|#/items/format: expected one of the keywords [",
                "{'$defs':{}}|#/$defs: expected one of the keywords [",
                "{'anyOf':[{'type':'string'},{'not':{}}]}|#/anyOf/1/not: expected one of the keywords [",
                "{'anyOf':[{'type':'string'}],'type':'string'}|#/type: expected nothing beside \"anyOf\", found \"type\"",
                "{'anyOf':[]}|#/anyOf: expected an array of at most 1024, not empty, found []",
                "{}|#: expected a \"type\", \"enum\", \"const\" or \"anyOf\", found none",
                "{'properties':{}}|#: expected a \"type\", \"enum\", \"const\" or \"anyOf\", found [properties]",
                "true|#: expected an object as a schema, found true",
                "{'type':'text'}|#/type: expected one of object, array, string, number, integer, boolean and null, found \"text\"",
                "{'type':['string','string']}|#/type: expected a type or a list of different types, found [\"string\",\"string\"]",
                "{'type':'string','minItems':1}|#/minItems: expected a keyword for the type string, found \"minItems\"",
                "{'type':'string','minLength':-1}|#/minLength: expected a whole number of 0 to 1000000, found -1",
                "{'type':'string','minLength':1.5}|#/minLength: expected a whole number of 0 to 1000000, found 1.5",
                "{'type':'string','minLength':3,'maxLength':2}|#/maxLength: expected at least minLength, found 2",
                "{'type':'number','minimum':1}|#/minimum: expected no bound of a \"number\" (only of an \"integer\"), found one",
                "{'type':'integer','minimum':0.5}|#/minimum: expected a whole number of a magnitude of at most 9007199254740991, found 0.5",
                "{'type':'integer','maximum':1e300}|#/maximum: expected a whole number of a magnitude of at most 9007199254740991, found 1e300",
                "{'type':'integer','exclusiveMinimum':3,'exclusiveMaximum':4}|#: expected bounds with an integer between them, found 4 to 3",
                "{'type':'array'}|#: expected \"items\" of an array, found [type]",
                "{'type':'object','properties':{'a':{'type':'null'}},'required':['b']}|#/required: expected names of [a], found \"b\"",
                "{'type':'object','additionalProperties':{'type':'null'}}|#/additionalProperties: expected true or false, found a schema",
                "{'type':'string','enum':[1,2]}|#: expected a listed value that matches what stands beside it, found none",
                "{'enum':[1,2],'const':3}|#/const: expected one of the values of \"enum\", found another",
                "{'enum':[1,2],'minimum':3}|#/minimum: expected a \"type\" beside them, found \"minimum\"",
                "{'enum':[]}|#/enum: expected an array of at most 1024, not empty, found []"
            })
    void whatIsOutsideTheSubsetIsRefusedByNameWithItsPlace(String schema, String message) {
        assertThatThrownBy(() -> schema(schema))
                .isInstanceOf(SchemaException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aSchemaThatNoAnswerFitsIsRefused() {
        String schema =
                "{'type':'array','minItems':1000000,'items':{'type':'array','minItems':9,'items':{'type':'null'}}}";
        assertThatThrownBy(() -> schema(schema).constraint())
                .isInstanceOf(SchemaException.class)
                .hasMessage("#: expected a value of at most 1048576 bytes at the least, found one of 47000001");
        assertThatThrownBy(() -> schema("{'type':")).isInstanceOf(JsonException.class);
        String deep = "{'type':'array','items':".repeat(40) + "{'type':'null'}" + "}".repeat(40);
        assertThat(schema(deep).constraint().start().shortest()).isEqualTo(2);
        assertThatThrownBy(() -> schema("{'anyOf':[".repeat(5000))).isInstanceOf(JsonException.class);
    }

    @Test
    void annotationsSayNothing() {
        assertThat(schema("{'$schema':'x','title':'t','description':'d','default':1,'type':'null'}"))
                .isEqualTo(schema("{'type':'null'}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type':'object','properties':{'a':{'type':'string'}},'required':['a']}|{}|#: expected a member \"a\", found []",
                "{'type':'object','properties':{'a':{'type':'string'}}}|{'a':7}|#/a: expected a string, found 7",
                "{'type':'object','additionalProperties':false}|{'b':1}|#: expected members of [] only, found \"b\"",
                "{'type':'array','items':{'type':'integer','maximum':5}}|[1,2,9]|#/2: expected an integer of -9007199254740991 to 5, found 9",
                "{'type':'array','minItems':2,'items':{'type':'null'}}|[null]|#: expected at least 2 elements, found 1",
                "{'type':'string','maxLength':2}|'abc'|#: expected a string of 0 to 2 characters, found 3",
                "{'enum':['a',1]}|'b'|#: expected one of \"a\", 1, found \"b\"",
                "{'const':{'a':[1]}}|{'a':[2]}|#: expected {\"a\":[1]}, found {\"a\":[2]}",
                "{'type':['integer','null']}|'x'|#: expected one of several alternatives, but #: expected an integer of -9007199254740991 to 9007199254740991, found \"x\"; or #: expected null, found \"x\""
            })
    void aViolationNamesThePlace(String schema, String value, String message) {
        assertThat(problem(schema, value)).isEqualTo(message);
    }

    @Test
    void numbersAreComparedByTheirValue() {
        assertThat(problem("{'const':100}", "1e2")).isEmpty();
        assertThat(problem("{'const':0}", "-0.00e-7")).isEmpty();
        assertThat(problem("{'const':[{'a':1,'b':2.50}]}", "[{'b':25E-1,'a':1.0}]"))
                .isEmpty();
        assertThat(problem("{'const':9007199254740993}", "9007199254740992")).isNotEmpty();
        assertThat(problem("{'type':'integer'}", "3.0")).isEmpty();
        assertThat(problem("{'type':'integer'}", "3.5")).isNotEmpty();
        assertThat(problem("{'type':'integer'}", "1e999999999999999")).isNotEmpty();
        assertThat(problem("{'type':'integer'}", "1e-999999999999999")).isNotEmpty();
        assertThat(problem("{'type':'integer','minimum':10}", "1e1")).isEmpty();
    }

    @Test
    void membersAreWrittenInTheOrderOfTheSchema() {
        String schema = "{'type':'object','properties':{'b':{'type':'null'},'a':{'type':'null'},'c':{'type':'null'}},"
                + "'required':['a']}";
        for (String whole : new String[] {"{'a':null}", "{'b':null,'a':null}", "{'b':null,'a':null,'c':null}"}) {
            assertThat(after(schema, whole).closed()).as(whole).isTrue();
        }
        for (String wrong : new String[] {
            "{}", "{'c'", "{'b':null}", "{'a':null,'b'", "{'a':null,'a'", "{'a':null,}", "{ 'a'", "{'d'", "{,", " {"
        }) {
            assertThat(after(schema, wrong).refused()).as(wrong).isTrue();
        }
        assertThat(after(schema, "{'b':null,").shortest()).isEqualTo("\"a\":null}".length());
    }

    @Test
    void alternativesGoOnTogetherUntilTheyDiffer() {
        String schema = "{'anyOf':[{'type':'object','properties':{'k':{'const':'a'},'n':{'type':'integer'}},"
                + "'required':['k','n']},{'type':'object','properties':{'k':{'const':'ab'}},'required':['k']}]}";
        assertThat(after(schema, "{'k':'a").shortest()).isEqualTo("b\"}".length());
        assertThat(after(schema, "{'k':'a',").shortest()).isEqualTo("\"n\":0}".length());
        assertThat(after(schema, "{'k':'a'}").refused()).isTrue();
        assertThat(after(schema, "{'k':'ab'}").closed()).isTrue();
    }
}

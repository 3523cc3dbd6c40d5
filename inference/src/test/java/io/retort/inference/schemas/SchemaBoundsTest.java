package io.retort.inference.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.bundles.hostile.AllocationMeter;
import io.retort.inference.constraints.ByteConstraint;
import io.retort.inference.constraints.TextState;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a schema from outside may cost. */
class SchemaBoundsTest {
    private static final int PROPERTIES = 256;

    private static JsonSchema schema(String text) {
        return JsonSchema.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String object(int properties) {
        StringBuilder text = new StringBuilder("{'type':'object','properties':{");
        for (int i = 0; i < properties; i++) {
            text.append(i == 0 ? "'" : ",'").append(Integer.toString(i, 36)).append("':{'const':0}");
        }
        return text.append("}}").toString();
    }

    private static String anyOf(String schema, int times) {
        return "{'anyOf':[" + (schema + ",").repeat(times - 1) + schema + "]}";
    }

    private static long allocated(Runnable work) {
        AllocationMeter meter = new AllocationMeter();
        long before = meter.bytes();
        work.run();
        return meter.bytes() - before;
    }

    @Test
    void whatAConstraintTakesIsInProportionToTheProperties() {
        JsonSchema schema = schema(anyOf(object(PROPERTIES), 15));
        allocated(schema::constraint); // loads the classes
        // A list of the names that may follow, for each name: 256 * 257 / 2 texts an object, of 24 bytes and a
        // reference each.
        assertThat(allocated(schema::constraint)).isLessThan(15L * PROPERTIES * 1024);
    }

    @Test
    void aLongNameIsNotRepeatedForAllThatStandsUnderIt() {
        String name = "n".repeat(100_000);
        String schema = "{'type':'object','properties':{'" + name + "':" + anyOf("{'const':0}", 1000) + "}}";
        allocated(() -> schema(schema).constraint());
        assertThat(allocated(() -> schema(schema).constraint())).isLessThan(16L << 20);
    }

    @Test
    void propertiesAndSchemasOfAWholeSchemaAreBounded() {
        assertThatCode(() -> schema(anyOf(object(PROPERTIES), 16))).doesNotThrowAnyException();
        assertThatThrownBy(() -> schema(anyOf(object(PROPERTIES), 17)))
                .isInstanceOf(SchemaException.class)
                .hasMessage(
                        "#/anyOf/16/properties: expected at most 4096 properties in the whole schema, found 4352 up to here");
        String some = anyOf("{'type':'null'}", 1000);
        assertThatCode(() -> schema(anyOf(some, 8))).doesNotThrowAnyException();
        // The root, eight alternatives with 1,000 each and the ninth with all but 183 of them.
        assertThatThrownBy(() -> schema(anyOf(some, 9)))
                .isInstanceOf(SchemaException.class)
                .hasMessage("#/anyOf/8/anyOf/182: expected at most 8192 schemas in the whole schema, found one more");
    }

    @Test
    void aSchemaThatIsNoTextIsNoDeeperThanOneThatIs() {
        JsonValue deep = new JsonObject(Map.of("type", new JsonString("null")));
        for (int i = 0; i < 100_000; i++) {
            deep = new JsonObject(Map.of("type", new JsonString("array"), "items", deep));
        }
        JsonValue schema = deep;
        assertThatThrownBy(() -> JsonSchema.of(schema))
                .isInstanceOf(SchemaException.class)
                .hasMessage("#: expected arrays and objects nested at most 64 deep, found some nested deeper");
    }

    @Test
    void eachPlaceInAnObjectAllowsTheNamesUpToTheNextThatIsRequired() {
        ByteConstraint start = schema(
                        "{'type':'object','properties':{'b':{'const':0},'ab':{'const':0},'a':{'const':0},'c':{'const':0}},"
                                + "'required':['a']}")
                .constraint();
        assertThat(accepts(start.start(), "{\"b\":0,\"ab\":0,\"a\":0,\"c\":0}")).isTrue();
        assertThat(accepts(start.start(), "{\"a\":0,\"c\":0}")).isTrue();
        assertThat(accepts(start.start(), "{\"ab\":0,\"a\":0}")).isTrue();
        assertThat(accepts(start.start(), "{\"c\":0,\"a\":0}")).isFalse();
        assertThat(accepts(start.start(), "{\"ab\":0,\"b\":0,\"a\":0}")).isFalse();
        assertThat(accepts(start.start(), "{\"a\":0,\"a\":0}")).isFalse();
        assertThat(accepts(start.start(), "{\"b\":0,\"ab\":0}")).isFalse();
    }

    private static boolean accepts(TextState start, String text) {
        TextState state = start;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            state = state.next(b & 0xFF);
        }
        return state.complete();
    }
}

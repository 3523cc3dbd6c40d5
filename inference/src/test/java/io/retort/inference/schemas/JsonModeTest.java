package io.retort.inference.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.retort.inference.constraints.ByteConstraint;
import io.retort.inference.constraints.TextState;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.ensembles.Member;
import io.retort.inference.ensembles.Mixture;
import io.retort.inference.ensembles.TextModel;
import io.retort.inference.ensembles.Weighting;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.Sampling;
import io.retort.inference.scoring.StopReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonModeTest {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final int SCHEMAS = Integer.getInteger("retort.schemas", 600);

    private static Generation write(long seed, GenerationOptions options) {
        RandomStudent student = new RandomStudent(seed, seed % 4);
        TextModel model = new TextModel(
                (context, symbols) -> new Mixture(List.of(new Member(student, 1)), Weighting.FIXED, symbols));
        return model.generate("x\n".getBytes(StandardCharsets.US_ASCII), options, ByteListener.NONE);
    }

    private static GenerationOptions options(ByteConstraint constraint, int bytes, long seed) {
        GenerationOptions greedy =
                GenerationOptions.greedy(new GenerationLimits(bytes)).under(constraint);
        return switch ((int) (seed % 3)) {
            case 0 -> greedy;
            case 1 -> greedy.sampled(new Sampling(1, 1), seed);
            default -> greedy.sampled(new Sampling(2, .9, 20), seed);
        };
    }

    @Test
    void whatAModelThatKnowsNothingWritesMatchesTheSchemaBySomeoneElsesValidator() {
        for (long seed = 0; seed < SCHEMAS; seed++) {
            String text = JsonWriter.compact(new RandomSchemas(seed).next(3));
            JsonSchema schema = JsonSchema.parse(text.getBytes(StandardCharsets.UTF_8));
            Schema reference = REGISTRY.getSchema(text);
            ByteConstraint constraint = schema.constraint();
            int shortest = constraint.start().shortest();
            for (int room : new int[] {0, 1, 7, 60, 300}) {
                Generation generation = write(seed + room, options(constraint, shortest + room, seed + room));
                String written = new String(generation.bytes(), StandardCharsets.UTF_8);
                String what = "seed " + seed + ", room " + room + ", schema " + text + ", written " + written;
                assertThat(generation.stop()).as(what).isEqualTo(StopReason.END_OF_TEXT);
                assertThat(schema.violation(JsonParser.parse(generation.bytes())))
                        .as(what)
                        .isEmpty();
                assertThat(reference.validate(written, InputFormat.JSON))
                        .as(what)
                        .isEmpty();
                if (room == 0) {
                    assertThat(generation.bytes()).as(what).hasSize(shortest);
                }
            }
        }
    }

    @Test
    void valuesMatchWhereTheyDoBySomeoneElsesValidator() {
        int matching = 0;
        int checked = 0;
        for (long seed = 0; seed < SCHEMAS; seed++) {
            RandomSchemas random = new RandomSchemas(seed);
            String text = JsonWriter.compact(random.next(2));
            JsonSchema schema = JsonSchema.parse(text.getBytes(StandardCharsets.UTF_8));
            Schema reference = REGISTRY.getSchema(text);
            // What another schema of the same seed allows is often nearly right.
            ByteConstraint other =
                    JsonSchema.of(new RandomSchemas(seed + seed % 2).next(2)).constraint();
            for (int i = 0; i < 10; i++) {
                JsonValue value = i < 5
                        ? random.value(3)
                        : JsonParser.parse(write(i, options(other, other.start().shortest() + 20, i))
                                .bytes());
                String json = JsonWriter.compact(value);
                if (json.matches(".*[eE]\\+?\\d.*")) {
                    // Integers beyond 2^53, which ours refuses whatever the schema's bounds.
                    continue;
                }
                boolean matches = reference.validate(json, InputFormat.JSON).isEmpty();
                assertThat(schema.violation(value).isEmpty())
                        .as("seed %d, schema %s, value %s", seed, text, json)
                        .isEqualTo(matches);
                matching += matches ? 1 : 0;
                checked++;
            }
        }
        assertThat(matching).isBetween(checked / 10, checked * 9 / 10);
    }

    @Test
    void fromEveryStateAByteLeadsOneNearerToTheEnd() {
        Random random = new Random(1);
        for (long seed = 0; seed < SCHEMAS; seed++) {
            String text = JsonWriter.compact(new RandomSchemas(seed).next(3));
            TextState state = JsonSchema.parse(text.getBytes(StandardCharsets.UTF_8))
                    .constraint()
                    .start();
            for (int step = 0; step < 60 && !state.closed(); step++) {
                int nearest = TextState.UNREACHABLE;
                int[] allowed = new int[256];
                int count = 0;
                for (int value = 0; value < 256; value++) {
                    TextState next = state.next(value);
                    assertThat(next.refused()).isEqualTo(next.shortest() == TextState.UNREACHABLE);
                    if (!next.refused()) {
                        allowed[count++] = value;
                        nearest = Math.min(nearest, next.shortest());
                    }
                }
                if (!state.complete()) {
                    assertThat(nearest).as("schema %s, state %s", text, state).isEqualTo(state.shortest() - 1);
                }
                state = state.next(allowed[random.nextInt(count)]);
            }
        }
    }
}

package io.retort.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.kernels.Block;
import io.retort.inference.kernels.Kernels;
import io.retort.inference.kernels.ScalarKernels;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loops of {@code lib/kernels.js} on random operands, beside plain Java in the JVM: the same bits. */
class LoopsIT {
    private static final int[] ROWS = {1, 3};
    private static final int[] INPUTS = {1, 4, 23, 112};
    private static final int[] OUTPUTS = {1, 7, 16, 40, 257};
    private static final float SHIFT = 2.5f;

    private final ScalarKernels plain = new ScalarKernels();
    private final Random random = new Random(24);
    private final List<JsonValue> calls = new ArrayList<>();
    private final List<float[]> expected = new ArrayList<>();
    /** Floats of a row, from a row to the next, and rows: what of an array is anybody's. */
    private final List<int[]> shapes = new ArrayList<>();

    private final List<Float> sums = new ArrayList<>();

    @TempDir
    Path temporary = Path.of("");

    @Test
    void loopsGiveTheBitsOfPlainJava() throws IOException, URISyntaxException {
        assumeTrue(Programs.isInstalled("node"), "needs node on the path");
        for (int rows : ROWS) {
            for (int outputs : OUTPUTS) {
                for (int inputs : INPUTS) {
                    addProduct("multiply", rows, inputs, outputs, 0);
                    addProduct("multiply", rows, inputs, outputs, 1);
                    addProduct("mix", rows, inputs, outputs, 0);
                }
                addConvolution(rows, 4, outputs);
            }
        }
        for (int count : OUTPUTS) {
            addElementwise(count);
        }
        List<JsonValue> found = results();
        assertThat(found).hasSameSizeAs(expected).hasSizeGreaterThan(100);
        for (int i = 0; i < found.size(); i++) {
            JsonObject result = (JsonObject) found.get(i);
            int[] shape = shapes.get(i);
            float[] array = floats(result, "array");
            for (int row = 0; row < shape[2]; row++) {
                int from = row * shape[1];
                assertThat(Arrays.copyOfRange(array, from, from + shape[0]))
                        .as("call %d, row %d", i, row)
                        .isEqualTo(Arrays.copyOfRange(expected.get(i), from, from + shape[0]));
            }
            assertThat(floats(result, "result")[0]).as("call %d", i).isEqualTo(sums.get(i));
        }
    }

    /** The memory's bounds are those that docs/web.md promises. */
    @Test
    void whatWasTakenForATextIsFreeOnceItIsForgottenAndCopiesOfWeightsAreBounded()
            throws IOException, URISyntaxException {
        assumeTrue(Programs.isInstalled("node"), "needs node on the path");
        assertThat(ParityCase.parse(Programs.run(List.of("node", script("/loops-memory.js"), kernels()))))
                .isEqualTo(ParityCase.parse("""
                        {"ownerless": 0, "whileTaken": false, "whilePartIsTaken": false, "onceForgotten": true,
                         "placed": 14, "again": true, "cycled": true, "tooLarge": 0, "bytes": 16777216}"""));
    }

    private void addProduct(String loop, int rows, int inputs, int outputs, int add) {
        Block matrix = randomRows(inputs, outputs);
        Block in = randomRows(rows, inputs);
        Block out = randomRows(rows, outputs);
        JsonValue given = hex(out.values());
        if (loop.equals("mix")) {
            plain.mix(in, matrix, out, rows, inputs, outputs);
        } else if (add == 1) {
            plain.multiplyAdd(in, matrix, out, rows, inputs, outputs);
        } else {
            plain.multiply(in, matrix, out, rows, inputs, outputs);
        }
        List<JsonValue> tail = numbers(0, out.stride(), rows, inputs, outputs, add);
        addMatrixCall(loop, matrix, in, given, tail, out, outputs, rows);
    }

    private void addConvolution(int rows, int shifts, int channels) {
        Block weights = randomRows(shifts, channels);
        Block window = randomRows(rows + shifts - 1, channels);
        Block out = randomRows(rows, channels);
        JsonValue given = hex(out.values());
        plain.convolve(window, weights, out, rows, shifts, channels);
        List<JsonValue> tail = numbers(0, out.stride(), rows, shifts, channels);
        addMatrixCall("convolve", weights, window, given, tail, out, channels, rows);
    }

    private void addMatrixCall(
            String loop,
            Block matrix,
            Block in,
            JsonValue given,
            List<JsonValue> tail,
            Block out,
            int columns,
            int rows) {
        List<JsonValue> arguments = new ArrayList<>(numbers(matrix.stride()));
        arguments.add(hex(in.values()));
        arguments.addAll(numbers(0, in.stride()));
        arguments.add(given);
        arguments.addAll(tail);
        Map<String, JsonValue> call = new LinkedHashMap<>();
        call.put("matrix", hex(matrix.values()));
        // Products say with true that they were computed.
        add(loop, call, arguments, out.values(), new int[] {columns, out.stride(), rows}, 1);
    }

    private void addElementwise(int count) {
        int from = 3;
        int[] shape = {from + count, from + count, 1};
        float[] sigmoids = randomFloats(from + count + Kernels.LANES, 20);
        List<JsonValue> arguments = new ArrayList<>(List.of(hex(sigmoids)));
        arguments.addAll(numbers(from, count));
        plain.sigmoid(sigmoids, from, count);
        add("sigmoid", new LinkedHashMap<>(), arguments, sigmoids, shape, 1);

        float[] exponentials = randomFloats(from + count + Kernels.LANES, 90);
        arguments = new ArrayList<>(List.of(hex(exponentials)));
        arguments.addAll(numbers(from, count));
        arguments.add(JsonNumber.of(SHIFT));
        float sum = plain.exponentials(exponentials, from, count, SHIFT);
        add("exponentials", new LinkedHashMap<>(), arguments, exponentials, shape, sum);
    }

    private void add(
            String loop,
            Map<String, JsonValue> call,
            List<JsonValue> arguments,
            float[] after,
            int[] shape,
            float sum) {
        call.put("loop", new JsonString(loop));
        call.put("arguments", new JsonArray(arguments));
        calls.add(new JsonObject(call));
        expected.add(after);
        shapes.add(shape);
        sums.add(sum);
    }

    private List<JsonValue> results() throws IOException, URISyntaxException {
        Path file = Files.writeString(temporary.resolve("calls.json"), JsonWriter.compact(new JsonArray(calls)));
        String printed = Programs.run(List.of("node", script("/loops.js"), kernels(), file.toString()));
        return ((JsonArray) JsonParser.parse(printed.getBytes(StandardCharsets.UTF_8))).elements();
    }

    private static String script(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(LoopsIT.class.getResource(name)).toURI())
                .toString();
    }

    private static String kernels() {
        return ParityCase.npm().resolve("lib/kernels.js").toUri().toString();
    }

    private Block randomRows(int rows, int columns) {
        int stride = Kernels.padded(columns);
        return new Block(randomFloats(rows * stride + Kernels.LANES, 1), 0, stride);
    }

    private float[] randomFloats(int count, float scale) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = scale * (float) random.nextGaussian();
        }
        return values;
    }

    private static List<JsonValue> numbers(int... values) {
        List<JsonValue> numbers = new ArrayList<>();
        for (int value : values) {
            numbers.add(JsonNumber.of((long) value));
        }
        return numbers;
    }

    private static JsonString hex(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return new JsonString(HexFormat.of().formatHex(bytes.array()));
    }

    private static float[] floats(JsonObject object, String name) {
        byte[] bytes = HexFormat.of().parseHex(((JsonString) object.member(name)).value());
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }
}

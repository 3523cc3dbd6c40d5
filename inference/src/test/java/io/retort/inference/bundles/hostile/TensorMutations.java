package io.retort.inference.bundles.hostile;

import io.retort.inference.bundles.BundleNames;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is wrong inside a safetensors file: its header's length, its header, where its tensors lie, and what they hold. */
final class TensorMutations {
    private static final int CUTS = 20;
    private static final int MOST_TENSORS = 10;
    private static final int NEIGHBOURS = 4;
    private static final int NUMBERS = 10;

    private final BaseBundle base;
    private final String path;
    private final byte[] file;
    private final byte[] header;
    private final byte[] data;
    /** Name, then dtype, shape, begin and end. */
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(String name, String dtype, String shape, long begin, long end) {
        String json() {
            return json(name, dtype, shape, "[" + begin + "," + end + "]");
        }

        static String json(String name, String dtype, String shape, String offsets) {
            return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets
                    + "}";
        }
    }

    TensorMutations(BaseBundle base, String path) {
        this.base = base;
        this.path = path;
        this.file = base.content(path);
        int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        this.header = Arrays.copyOfRange(file, 8, 8 + length);
        this.data = Arrays.copyOfRange(file, 8 + length, file.length);
        ((JsonObject) JsonParser.parse(header)).members().forEach((name, value) -> {
            JsonObject entry = (JsonObject) value;
            String[] offsets = JsonWriter.compact(entry.member("data_offsets")).split("[\\[\\],]");
            String dtype = JsonWriter.compact(entry.member("dtype")).replace("\"", "");
            entries.add(new Entry(
                    name,
                    dtype,
                    JsonWriter.compact(entry.member("shape")),
                    Long.parseLong(offsets[1]),
                    Long.parseLong(offsets[2])));
        });
    }

    static void generate(BaseBundle base) {
        List<String> paths = new ArrayList<>(List.of(BundleNames.ROUTER_WEIGHTS));
        BaseBundle.EXPERTS.forEach(expert -> paths.add(BundleNames.weights(expert)));
        for (String path : paths) {
            new TensorMutations(base, path).generate();
        }
    }

    private void generate() {
        lengths();
        cuts();
        new JsonMutations(
                        header,
                        base.random,
                        (kind, detail, document) -> emit("header: " + kind, detail, document, data))
                .generate();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, base.random);
        for (int i : order.subList(0, Math.min(MOST_TENSORS, order.size()))) {
            shapes(i);
            offsets(i);
            names(i);
        }
        metadata();
        numbers();
        scales();
    }

    private void emit(String kind, String detail, byte[] newHeader, byte[] newData) {
        byte[] content = ByteBuffer.allocate(8 + newHeader.length + newData.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(newHeader.length)
                .put(newHeader)
                .put(newData)
                .array();
        base.emitSealed(kind, path, detail, content);
    }

    private void emit(String kind, String detail, Map<Integer, String> changed) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            String part = changed.getOrDefault(i, entries.get(i).json());
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        byte[] text = ("{" + String.join(",", parts) + "}").getBytes(StandardCharsets.UTF_8);
        emit(kind, detail, text, data);
    }

    private void lengths() {
        long right = header.length;
        long[] wrong = {
            0,
            1,
            2,
            right - 1,
            right + 1,
            right + 8,
            right - 8,
            file.length,
            file.length - 8,
            file.length - 7,
            1 << 20,
            (1 << 20) + 1,
            100_000_000,
            Integer.MAX_VALUE,
            1L << 31,
            (1L << 32) + right,
            1L << 62,
            Long.MAX_VALUE,
            -1,
            -right,
            Long.MIN_VALUE,
            Long.MIN_VALUE + right,
            base.random.nextLong() | 1L << 40
        };
        for (long length : wrong) {
            byte[] content = file.clone();
            ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
            base.emitSealed("header's length", path, length + "", content);
        }
        byte[] big = new byte[1 << 20];
        Arrays.fill(big, (byte) ' ');
        System.arraycopy(header, 0, big, 0, header.length);
        emit("header's length", "a MiB of spaces and one", Arrays.copyOf(big, big.length + 1), data);
        byte[] blank = new byte[header.length + 1];
        System.arraycopy(header, 0, blank, 1, header.length);
        blank[0] = ' ';
        emit("header's length", "a space first", blank, data);
    }

    private void cuts() {
        for (int i = 0; i < CUTS; i++) {
            int length = i < 10 ? i : base.random.nextInt(file.length);
            base.emitSealed("truncated tensors", path, "to " + length, Arrays.copyOf(file, length));
        }
        for (int added : new int[] {1, 4, 1024}) {
            base.emitSealed("extended tensors", path, "by " + added, Arrays.copyOf(file, file.length + added));
        }
    }

    private void shapes(int i) {
        Entry entry = entries.get(i);
        for (String dtype : List.of(
                "F64",
                "I64",
                "U8",
                "BOOL",
                "F8_E4M3",
                "f32",
                "",
                "F32 ",
                entry.dtype().equals("F32") ? "F16" : "F32")) {
            emit(
                    "dtype",
                    entry.name() + " " + dtype,
                    Map.of(i, Entry.json(entry.name(), dtype, entry.shape(), offsets(entry))));
        }
        String inner = entry.shape().substring(1, entry.shape().length() - 1);
        List<String> shapes = new ArrayList<>(List.of(
                "[" + inner + ",1]",
                "[1," + inner + "]",
                "[" + inner + ",2]",
                "[0," + inner + "]",
                "[]",
                "[-" + inner + "]",
                "[" + inner + ".5]",
                "[1e2," + inner + "]",
                "[2147483647," + inner + "]",
                "[2147483648," + inner + "]",
                "[4294967296," + inner + "]",
                "[4294967297," + inner + "]",
                "[9223372036854775807," + inner + "]",
                "[18446744073709551617," + inner + "]",
                "[2147483647,2147483647,4,4," + inner + "]",
                "[65536,65536,65536,65536," + inner + "]",
                "[0,2147483647,2147483647,2147483647,2147483647]",
                "[" + "1,".repeat(8) + inner + "]",
                "[" + "1,".repeat(10_000) + inner + "]",
                "[null]",
                "[\"" + inner + "\"]",
                "[[" + inner + "]]",
                "\"" + inner + "\""));
        String[] dimensions = inner.split(",");
        if (dimensions.length == 2 && !dimensions[0].equals(dimensions[1])) {
            shapes.add("[" + dimensions[1] + "," + dimensions[0] + "]");
        }
        if (dimensions.length == 2) {
            shapes.add("[" + Long.parseLong(dimensions[0]) * Long.parseLong(dimensions[1]) + "]");
        }
        for (String shape : shapes) {
            emit(
                    "shape",
                    entry.name() + " " + shape,
                    Map.of(i, Entry.json(entry.name(), entry.dtype(), shape, offsets(entry))));
        }
    }

    private static String offsets(Entry entry) {
        return "[" + entry.begin() + "," + entry.end() + "]";
    }

    private void offsets(int i) {
        Entry entry = entries.get(i);
        long begin = entry.begin();
        long end = entry.end();
        long[][] pairs = {
            {begin + 1, end},
            {begin, end - 1},
            {begin, end + 1},
            {begin + 1, end + 1},
            {begin + 4, end + 4},
            {end, begin},
            {begin, begin},
            {end, end},
            {data.length, data.length + end - begin},
            {begin + (1L << 32), end + (1L << 32)},
            {Long.MAX_VALUE - end + begin, Long.MAX_VALUE},
            {begin, Long.MAX_VALUE},
            {-1, end},
            {begin, -1},
            {999_999_999_999_999_999L - (end - begin), 999_999_999_999_999_999L}
        };
        for (long[] pair : pairs) {
            String offsets = "[" + pair[0] + "," + pair[1] + "]";
            emit(
                    "data_offsets",
                    entry.name() + " " + offsets,
                    Map.of(i, Entry.json(entry.name(), entry.dtype(), entry.shape(), offsets)));
        }
        for (String offsets : List.of(
                "[]",
                "[" + begin + "]",
                "[" + begin + "," + end + "," + end + "]",
                "[" + begin + ".5," + end + "]",
                "[1e1," + end + "]",
                "[null," + end + "]")) {
            emit(
                    "data_offsets",
                    entry.name() + " " + offsets,
                    Map.of(i, Entry.json(entry.name(), entry.dtype(), entry.shape(), offsets)));
        }
        for (int n = 0; n < NEIGHBOURS; n++) {
            int j = base.random.nextInt(entries.size());
            if (j != i) {
                // Two tensors of the same bytes, and the bytes of one of no tensor.
                Entry other = entries.get(j);
                emit(
                        "overlap and hole",
                        entry.name() + " on " + other.name(),
                        Map.of(i, Entry.json(entry.name(), other.dtype(), other.shape(), offsets(other))));
            }
        }
    }

    private void names(int i) {
        Entry entry = entries.get(i);
        for (String name : List.of(
                "",
                entry.name() + "x",
                entry.name().toUpperCase(java.util.Locale.ROOT),
                "../" + entry.name(),
                "n".repeat(100_000))) {
            emit(
                    "tensor's name",
                    name,
                    Map.of(i, new Entry(name, entry.dtype(), entry.shape(), entry.begin(), entry.end()).json()));
        }
        emit("tensor twice", entry.name(), Map.of(i, entry.json() + "," + entry.json()));
        emit("hole", entry.name(), Map.of(i, ""));
        String alien = Entry.json("alien", "F32", "[0]", "[" + entry.end() + "," + entry.end() + "]");
        emit("alien tensor", entry.name(), Map.of(i, entry.json() + "," + alien));
        missing(i);
    }

    /** A tensor that is not there, the others moved together: sound as a file, but not the model's. */
    private void missing(int i) {
        Entry gone = entries.get(i);
        long gap = gone.end() - gone.begin();
        Map<String, String> parts = new LinkedHashMap<>();
        for (Entry entry : entries) {
            long moved = entry.begin() > gone.begin() ? gap : 0;
            if (entry != gone) {
                parts.put(
                        entry.name(),
                        new Entry(
                                        entry.name(),
                                        entry.dtype(),
                                        entry.shape(),
                                        entry.begin() - moved,
                                        entry.end() - moved)
                                .json());
            }
        }
        byte[] rest = new byte[(int) (data.length - gap)];
        System.arraycopy(data, 0, rest, 0, (int) gone.begin());
        System.arraycopy(data, (int) gone.end(), rest, (int) gone.begin(), (int) (data.length - gone.end()));
        emit(
                "missing tensor",
                gone.name(),
                ("{" + String.join(",", parts.values()) + "}").getBytes(StandardCharsets.UTF_8),
                rest);
    }

    private void metadata() {
        Entry first = entries.get(0);
        for (String metadata : List.of(
                "null",
                "1",
                "[]",
                "\"x\"",
                "{\"a\":1}",
                "{\"a\":null}",
                "{\"a\":{\"b\":\"c\"}}",
                "{\"a\":[]}",
                "{\"a\":\"b\",\"a\":\"b\"}")) {
            emit("metadata", metadata, Map.of(0, "\"__metadata__\":" + metadata + "," + first.json()));
        }
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 12_000; i++) {
            many.append("\"t").append(i).append("\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},");
        }
        emit("alien tensor", "12,000", Map.of(0, many + first.json()));
    }

    /** Numbers that are none, or that no writer writes. */
    private void numbers() {
        for (int n = 0; n < NUMBERS; n++) {
            Entry entry = entries.get(base.random.nextInt(entries.size()));
            int bytes = entry.dtype().equals("F32") ? 4 : entry.dtype().equals("F16") ? 2 : 1;
            int element = base.random.nextInt((int) (entry.end() - entry.begin()) / bytes);
            long[] patterns = bytes == 4
                    ? new long[] {0x7F800000L, 0xFF800000L, 0x7FC00000L, 0x7F800001L, 0xFFFFFFFFL}
                    : bytes == 2 ? new long[] {0x7C00, 0xFC00, 0x7E00, 0x7C01, 0xFFFF} : new long[] {0x80};
            for (long pattern : patterns) {
                byte[] spoilt = data.clone();
                for (int i = 0; i < bytes; i++) {
                    spoilt[(int) entry.begin() + element * bytes + i] = (byte) (pattern >>> 8 * i);
                }
                emit("not a number", entry.name() + "[" + element + "] " + Long.toHexString(pattern), header, spoilt);
            }
        }
        boolean probed = !path.equals(BundleNames.ROUTER_WEIGHTS);
        if (probed && entries.stream().allMatch(entry -> entry.dtype().equals("F32"))) {
            byte[] huge = new byte[data.length];
            for (int at = 0; at < huge.length; at += 4) {
                ByteBuffer.wrap(huge, at, 4).order(ByteOrder.LITTLE_ENDIAN).putFloat(3e38f);
            }
            emit("overflow", "all 3e38", header, huge);
            overflows();
        }
    }

    /** Embeddings that are finite, and the sums of whose squares are not. */
    private void overflows() {
        for (Entry entry : entries) {
            if (!entry.name().equals("embedding")) {
                continue;
            }
            // Of three channels the squares of 1e19 are still a number, of four they are not.
            int channels = Integer.parseInt(entry.shape().replaceAll(".*,|]", ""));
            for (int exponent = channels < 4 ? 20 : 19; exponent <= 37; exponent++) {
                byte[] huge = data.clone();
                ByteBuffer values = ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN);
                float scale = Float.parseFloat("1e" + exponent);
                for (int at = (int) entry.begin(); at < entry.end(); at += 4) {
                    values.putFloat(at, Math.copySign(scale, values.getFloat(at)));
                }
                emit("overflow", "embedding of ±1e" + exponent, header, huge);
            }
        }
    }

    /** Scales that are negative, of nothing, or missing. */
    private void scales() {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            int cut = Math.max(entry.name().indexOf(".row_scale"), entry.name().indexOf(".column_scale"));
            if (cut < 0) {
                continue;
            }
            int bytes = entry.dtype().equals("F32") ? 4 : 2;
            byte[] negative = data.clone();
            negative[(int) entry.begin() + bytes - 1] |= (byte) 0x80;
            negative[(int) entry.begin()] |= 1;
            emit("negative scale", entry.name(), header, negative);
            String matrix = entry.name().substring(0, cut);
            String swapped = entry.name().contains(".row_scale") ? matrix + ".column_scale" : matrix + ".row_scale";
            emit(
                    "scale of nothing",
                    entry.name(),
                    Map.of(
                            i,
                            new Entry(matrix + ".scale", entry.dtype(), entry.shape(), entry.begin(), entry.end())
                                    .json()));
            String both = Entry.json(swapped, entry.dtype(), "[0]", "[" + entry.end() + "," + entry.end() + "]");
            emit("two scales", entry.name(), Map.of(i, entry.json() + "," + both));
        }
    }
}

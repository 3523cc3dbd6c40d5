package io.retort.distill.analysis;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;

/**
 * Writes the experts and the router of one layer as a checkpoint of random 8-bit floats with scales of 128 by 128 blocks,
 * in shards with an index. The last expert is the first one again. Run by hand with {@code DIRECTORY 7168 2048 384} it
 * writes a layer of Kimi-K2's shapes, 17 GB; tests write tiny ones.
 *
 * @param model channels of the model
 * @param width channels of an expert
 * @param experts experts
 */
record GeneratedLayer(int model, int width, int experts) {
    private static final int BLOCK = 128;
    private static final int EXPERTS_A_SHARD = 16;
    private static final int LAYER = 1;
    /** Clears the highest bit of every exponent: magnitudes below 2, and no NaN. */
    private static final long SMALL = 0xBFBFBFBFBFBFBFBFL;

    public static void main(String[] arguments) throws IOException {
        new GeneratedLayer(
                        Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]))
                .write(Path.of(arguments[0]));
    }

    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Map<String, String> index = new LinkedHashMap<>();
        int shards = (experts + EXPERTS_A_SHARD - 1) / EXPERTS_A_SHARD;
        for (int shard = 0; shard < shards; shard++) {
            String name = String.format("model-%05d-of-%05d.safetensors", shard + 1, shards);
            Shard file = new Shard();
            int end = Math.min(experts, (shard + 1) * EXPERTS_A_SHARD);
            for (int expert = shard * EXPERTS_A_SHARD; expert < end; expert++) {
                int content = expert == experts - 1 ? 0 : expert;
                file.matrix(new ExpertPlace(LAYER, expert).tensor("gate_proj"), width, model, 3L * content);
                file.matrix(new ExpertPlace(LAYER, expert).tensor("up_proj"), width, model, 3L * content + 1);
                file.matrix(new ExpertPlace(LAYER, expert).tensor("down_proj"), model, width, 3L * content + 2);
            }
            if (shard == 0) {
                file.floats(ExpertPlace.router(LAYER), new int[] {experts, model}, -1);
                file.floats(ExpertPlace.bias(LAYER), new int[] {experts}, -2);
            }
            file.write(directory.resolve(name));
            file.parts.keySet().forEach(tensor -> index.put(tensor, name));
        }
        StringJoiner map = new StringJoiner(",\n", "{\"metadata\": {}, \"weight_map\": {\n", "}}\n");
        index.forEach((tensor, name) -> map.add("\"" + tensor + "\": \"" + name + "\""));
        Files.writeString(directory.resolve("model.safetensors.index.json"), map.toString());
    }

    /** The tensors of a file, generated while they are written. */
    private static final class Shard {
        private final Map<String, Part> parts = new LinkedHashMap<>();

        private record Part(String type, int[] shape, long bytes, long seed) {}

        void matrix(String name, int rows, int columns, long seed) {
            parts.put(name, new Part("F8_E4M3", new int[] {rows, columns}, (long) rows * columns, seed));
            int[] blocks = {(rows + BLOCK - 1) / BLOCK, (columns + BLOCK - 1) / BLOCK};
            floats(name + "_scale_inv", blocks, seed);
        }

        void floats(String name, int[] shape, long seed) {
            long elements = 1;
            for (int extent : shape) {
                elements *= extent;
            }
            parts.put(name, new Part("F32", shape, 4 * elements, seed));
        }

        void write(Path path) throws IOException {
            StringJoiner header = new StringJoiner(",", "{", "}");
            long at = 0;
            for (Map.Entry<String, Part> entry : parts.entrySet()) {
                Part part = entry.getValue();
                StringJoiner shape = new StringJoiner(",", "[", "]");
                for (int extent : part.shape) {
                    shape.add(Integer.toString(extent));
                }
                header.add("\"" + entry.getKey() + "\":{\"dtype\":\"" + part.type + "\",\"shape\":" + shape
                        + ",\"data_offsets\":[" + at + "," + (at + part.bytes) + "]}");
                at += part.bytes;
            }
            byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20);
                    DataOutputStream data = new DataOutputStream(out)) {
                data.writeLong(Long.reverseBytes(json.length));
                data.write(json);
                for (Part part : parts.values()) {
                    if (part.type.equals("F32")) {
                        data.write(scales(part));
                    } else {
                        eightBits(part, data);
                    }
                }
            }
        }

        private static byte[] scales(Part part) {
            ByteBuffer buffer = ByteBuffer.allocate((int) part.bytes).order(ByteOrder.LITTLE_ENDIAN);
            Random random = new Random(part.seed);
            while (buffer.hasRemaining()) {
                buffer.putFloat(0.01f + 0.01f * random.nextFloat());
            }
            return buffer.array();
        }

        private static void eightBits(Part part, OutputStream out) throws IOException {
            long state = part.seed * 0x9E3779B97F4A7C15L + 1;
            byte[] bytes = new byte[(int) Math.min(part.bytes, 1 << 20)];
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            for (long left = part.bytes; left > 0; left -= bytes.length) {
                for (int i = 0; i + 8 <= bytes.length; i += 8) {
                    // xorshift64 (Marsaglia 2003) with a multiplication
                    state ^= state << 13;
                    state ^= state >>> 7;
                    state ^= state << 17;
                    buffer.putLong(i, state * 0x2545F4914F6CDD1DL & SMALL);
                }
                out.write(bytes, 0, (int) Math.min(left, bytes.length));
            }
        }
    }
}

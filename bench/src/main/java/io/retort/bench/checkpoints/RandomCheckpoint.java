package io.retort.bench.checkpoints;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** A Llama checkpoint of random BF16 weights, written as it is drawn. */
final class RandomCheckpoint {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HIDDEN = 1024;
    private static final int INNER = 2816;
    private static final int HEADS = 16;
    private static final int VOCABULARY = 32_000;
    private static final int BYTES_A_WEIGHT = 2;
    private static final int BLOCK = 1 << 16;

    private RandomCheckpoint() {}

    /** Writes config.json and model.safetensors. */
    static void write(Path directory, int layers) throws IOException {
        ObjectNode config = JSON.createObjectNode()
                .put("model_type", "llama")
                .put("vocab_size", VOCABULARY)
                .put("hidden_size", HIDDEN)
                .put("intermediate_size", INNER)
                .put("num_hidden_layers", layers)
                .put("num_attention_heads", HEADS)
                .put("max_position_embeddings", 2048)
                .put("rms_norm_eps", 1e-5)
                .put("tie_word_embeddings", true)
                .put("bos_token_id", 1)
                .put("eos_token_id", 2);
        Files.writeString(directory.resolve("config.json"), JSON.writeValueAsString(config));
        Map<String, long[]> shapes = shapes(layers);
        ObjectNode header = JSON.createObjectNode();
        long offset = 0;
        for (Map.Entry<String, long[]> tensor : shapes.entrySet()) {
            ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", "BF16");
            long size = BYTES_A_WEIGHT;
            for (long side : tensor.getValue()) {
                entry.withArray("shape").add(side);
                size *= side;
            }
            entry.putArray("data_offsets").add(offset).add(offset + size);
            offset += size;
        }
        byte[] json = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(directory.resolve("model.safetensors")), 1 << 20)) {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(0, json.length)
                    .array());
            out.write(json);
            draw(out, offset);
        }
    }

    private static Map<String, long[]> shapes(int layers) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("model.embed_tokens.weight", new long[] {VOCABULARY, HIDDEN});
        for (int layer = 0; layer < layers; layer++) {
            String prefix = "model.layers." + layer + ".";
            shapes.put(prefix + "input_layernorm.weight", new long[] {HIDDEN});
            for (String matrix : new String[] {"q", "k", "v", "o"}) {
                shapes.put(prefix + "self_attn." + matrix + "_proj.weight", new long[] {HIDDEN, HIDDEN});
            }
            shapes.put(prefix + "post_attention_layernorm.weight", new long[] {HIDDEN});
            shapes.put(prefix + "mlp.gate_proj.weight", new long[] {INNER, HIDDEN});
            shapes.put(prefix + "mlp.up_proj.weight", new long[] {INNER, HIDDEN});
            shapes.put(prefix + "mlp.down_proj.weight", new long[] {HIDDEN, INNER});
        }
        shapes.put("model.norm.weight", new long[] {HIDDEN});
        return shapes;
    }

    /** Weights between -1/32 and 1/32. */
    private static void draw(OutputStream out, long bytes) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        for (long left = bytes; left > 0; left -= BLOCK) {
            block.clear();
            while (block.hasRemaining()) {
                float weight = (float) (random.nextDouble() - 0.5) / 16;
                block.putShort((short) (Float.floatToIntBits(weight) >>> 16));
            }
            out.write(block.array(), 0, (int) Math.min(BLOCK, left));
        }
    }
}

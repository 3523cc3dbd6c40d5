package io.retort.inference.cli;

import io.retort.inference.AnswerJson;
import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.bundles.BundleIdentity;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.json.JsonException;
import io.retort.inference.json.JsonMembers;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.Sampling;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Answers prompts of standard input until it ends, for a program in another language that keeps this process: each line is
 * {@code {"prompt": "…"}}, with {@code maxBytes}, {@code temperature} and {@code seed} where wanted, and is answered by one line,
 * that of {@link AnswerJson} or {@code {"error": "…"}}. The first line, {@code {"ready": "name 1.0.0"}}, comes when the bundle is
 * open.
 */
final class LinesCommand {
    static final String USAGE =
            "lines --bundle DIR [--trust WHO]                     answer a line of JSON for each that is read\n";

    private static final Set<String> MEMBERS = Set.of("prompt", "maxBytes", "temperature", "seed");
    private static final int LARGEST_LINE = 64 << 20;

    private final Retort retort;
    private final int standardBytes;
    private final int mostBytes;

    LinesCommand(Retort retort, int standardBytes, int mostBytes) {
        this.retort = retort;
        this.standardBytes = standardBytes;
        this.mostBytes = mostBytes;
    }

    /** Answers until the input ends. */
    void run(InputStream in, OutputStream out) throws IOException {
        BundleIdentity identity = retort.bundle().manifest().identity();
        write(out, "ready", identity.name() + " " + identity.version());
        for (byte[] line = line(in); line.length > 0; line = line(in)) {
            JsonObject answer = answer(line);
            out.write((JsonWriter.compact(answer) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private JsonObject answer(byte[] line) {
        try {
            JsonValue request = JsonParser.parse(line);
            JsonMembers members = JsonMembers.atLeast(request, "a request", Set.of("prompt"));
            Set<String> unknown = new TreeSet<>(((JsonObject) request).members().keySet());
            unknown.removeAll(MEMBERS);
            if (!unknown.isEmpty()) {
                return error("expected no members but prompt, maxBytes, temperature and seed, found " + unknown);
            }
            GenerationOptions options = options((JsonObject) request, members);
            byte[] prompt = Prompts.typed(members.string("prompt"));
            return AnswerJson.write(
                    retort.bundle(), retort.generate(prompt, options, ExpertSelection.routed(), ByteListener.NONE));
        } catch (JsonException | UsageException | IllegalArgumentException | ArithmeticException e) {
            return error(String.valueOf(e.getMessage()));
        }
    }

    private GenerationOptions options(JsonObject request, JsonMembers members) {
        Set<String> given = request.members().keySet();
        int bytes = given.contains("maxBytes") ? (int) members.integer("maxBytes", 1, mostBytes) : standardBytes;
        double temperature = given.contains("temperature") ? members.number("temperature") : 0;
        int seed = given.contains("seed") ? (int) members.integer("seed", Integer.MIN_VALUE, Integer.MAX_VALUE) : 0;
        return GenerationOptions.greedy(new GenerationLimits(bytes)).sampled(new Sampling(temperature, 1, 0), seed);
    }

    private static JsonObject error(String message) {
        return new JsonObject(Map.of("error", new JsonString(message)));
    }

    private static void write(OutputStream out, String name, String value) throws IOException {
        String line = JsonWriter.compact(new JsonObject(Map.of(name, new JsonString(value)))) + "\n";
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** The next line with its end, empty where there is none. */
    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = in.read(); read >= 0; read = in.read()) {
            if (line.size() == LARGEST_LINE) {
                throw new UsageException("expected lines of at most " + LARGEST_LINE + " bytes, found a longer one");
            }
            line.write(read);
            if (read == '\n') {
                break;
            }
        }
        return line.toByteArray();
    }
}

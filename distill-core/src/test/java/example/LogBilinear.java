package example;

import io.retort.inference.json.JsonMembers;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.students.Logits;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentFamily;
import io.retort.inference.students.StudentShape;
import io.retort.inference.students.StudentState;
import io.retort.inference.students.StudentWeights;
import io.retort.inference.students.WindowState;
import io.retort.inference.tensors.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code c = sum of w_j * e_j} over the last symbols' embeddings, {@code logits = c U} (Mnih and Hinton 2007). */
public final class LogBilinear implements StudentFamily {

    static final String NAME = "log-bilinear";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public StudentShape read(JsonObject json) {
        JsonMembers members = JsonMembers.of(json, NAME, Set.of("family", "alphabet", "window", "width"));
        return new Shape((int) members.integer("alphabet", 1, 65_536), (int) members.integer("window", 1, 256), (int)
                members.integer("width", 1, 4096));
    }

    public record Shape(int alphabetSize, int window, int width) implements StudentShape {
        @Override
        public String family() {
            return NAME;
        }

        @Override
        public Map<String, int[]> tensorShapes() {
            return new TreeMap<>(Map.of(
                    "embedding", new int[] {alphabetSize, width},
                    "output", new int[] {width, alphabetSize},
                    "window", new int[] {window, width}));
        }

        @Override
        public JsonObject toJson() {
            return new JsonObject(new TreeMap<>(Map.of(
                    "family", new JsonString(NAME),
                    "alphabet", JsonNumber.of(alphabetSize),
                    "window", JsonNumber.of(window),
                    "width", JsonNumber.of(width))));
        }

        @Override
        public Student open(Map<String, Tensor> tensors) {
            StudentWeights weights = new StudentWeights(this, tensors);
            return new Model(this, weights.of("embedding"), weights.of("output"), weights.of("window"));
        }
    }

    private record Model(Shape shape, float[] embedding, float[] output, float[] window) implements Student {
        @Override
        public int alphabetSize() {
            return shape.alphabetSize;
        }

        @Override
        public long parameterCount() {
            return shape.parameterCount();
        }

        @Override
        public StudentState newState(int maxSymbols) {
            return new WindowState(this, shape.window, maxSymbols);
        }

        @Override
        public void prefill(StudentState state, int symbol) {
            WindowState.read(this, state, symbol);
        }

        @Override
        public void step(StudentState state, int symbol, float[] logits) {
            Logits.requireRoom(this, logits);
            WindowState read = WindowState.read(this, state, symbol);
            Arrays.fill(logits, 0);
            for (int i = 0; i < shape.width; i++) {
                float context = 0;
                for (int j = 0; j < read.remembered(); j++) {
                    context += window[j * shape.width + i] * embedding[read.symbol(j) * shape.width + i];
                }
                for (int o = 0; o < logits.length; o++) {
                    logits[o] += context * output[i * logits.length + o];
                }
            }
            Logits.toLogProbabilities(logits);
        }
    }
}

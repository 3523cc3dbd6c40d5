package io.retort.inference.students;

import io.retort.inference.json.JsonException;
import io.retort.inference.json.JsonMembers;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.kernels.Kernels;
import io.retort.inference.tensors.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The shape of a student of the family {@value #FAMILY}: a gated network over the embeddings of the last symbols, and
 * nothing else, so it is what a student reaches that cannot look further back. With {@code d} the width, {@code m} the
 * hidden width, {@code k} the window:
 *
 * <table>
 * <caption>Tensors</caption>
 * <tr><td>embedding</td><td>[alphabet, d]</td><td>input and, transposed, output</td></tr>
 * <tr><td>gate, up</td><td>[k d, m]</td><td>rows of the newest symbol first</td></tr>
 * <tr><td>down</td><td>[m, d]</td><td></td></tr>
 * <tr><td>norm</td><td>[d]</td><td>gain before the output</td></tr>
 * </table>
 *
 * @param alphabetSize symbols read and predicted
 * @param window symbols seen, the last one included
 * @param width channels of an embedding
 * @param hiddenWidth channels of the hidden layer
 */
public record FeedForwardConfig(int alphabetSize, int window, int width, int hiddenWidth) implements StudentShape {

    /** Name under which bundles store this family. */
    public static final String FAMILY = "feed-forward";

    /** The longest window. */
    public static final int MAXIMUM_WINDOW = 256;

    public static final String EMBEDDING = "embedding";
    public static final String GATE = "gate";
    public static final String UP = "up";
    public static final String DOWN = "down";
    public static final String NORM = "norm";

    private static final int MAXIMUM_ALPHABET = 1 << 16;
    private static final int MAXIMUM_WIDTH = 4096;
    private static final int MAXIMUM_FEATURES = 1 << 16;
    private static final Set<String> MEMBERS = Set.of("family", "alphabet", "window", "width", "hidden", "parameters");

    public FeedForwardConfig {
        requireWithin("alphabet size", alphabetSize, MAXIMUM_ALPHABET);
        requireWithin("window", window, MAXIMUM_WINDOW);
        requireWithin("width", width, MAXIMUM_WIDTH);
        requireWithin("hidden width", hiddenWidth, MAXIMUM_WIDTH);
        requireWithin("number of features, window times width,", window * width, MAXIMUM_FEATURES);
    }

    /**
     * The widest student within a number of parameters whose hidden layer is at least twice as wide as an embedding; the
     * rest of the budget goes into that layer.
     *
     * @throws IllegalArgumentException if the budget is too small for any
     */
    public static FeedForwardConfig fitting(int alphabetSize, long budget, int window) {
        FeedForwardConfig best = null;
        for (int width = 4; width <= MAXIMUM_WIDTH && width * window <= MAXIMUM_FEATURES; width += 4) {
            long hidden = (budget - (alphabetSize + 1L) * width) / ((2L * window + 1) * width);
            if (hidden < 2L * width) {
                break;
            }
            best = new FeedForwardConfig(alphabetSize, window, width, (int) Math.min(MAXIMUM_WIDTH, hidden));
        }
        if (best == null) {
            throw new IllegalArgumentException("expected a budget for at least the smallest student, "
                    + new FeedForwardConfig(alphabetSize, window, 4, 8).parameterCount() + " parameters, found "
                    + budget);
        }
        return best;
    }

    /**
     * Reads a config; every member must be there, none may be unknown, and the stored number of parameters must be right.
     *
     * @throws IllegalArgumentException or {@link JsonException}, saying what was expected and found
     */
    public static FeedForwardConfig read(JsonObject json) {
        JsonMembers members = JsonMembers.of(json, "a " + FAMILY + " student's config", MEMBERS);
        if (!members.string("family").equals(FAMILY)) {
            throw new IllegalArgumentException("expected family " + FAMILY + ", found " + members.string("family"));
        }
        FeedForwardConfig config = new FeedForwardConfig(
                (int) members.integer("alphabet", 1, MAXIMUM_ALPHABET),
                (int) members.integer("window", 1, MAXIMUM_WINDOW),
                (int) members.integer("width", 1, MAXIMUM_WIDTH),
                (int) members.integer("hidden", 1, MAXIMUM_WIDTH));
        long parameters = members.integer("parameters", 1, Integer.MAX_VALUE);
        if (parameters != config.parameterCount()) {
            throw new IllegalArgumentException(
                    "parameters: expected " + config.parameterCount() + " for this shape, found " + parameters);
        }
        return config;
    }

    @Override
    public String family() {
        return FAMILY;
    }

    @Override
    public Map<String, int[]> tensorShapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put(EMBEDDING, new int[] {alphabetSize, width});
        shapes.put(GATE, new int[] {window * width, hiddenWidth});
        shapes.put(UP, new int[] {window * width, hiddenWidth});
        shapes.put(DOWN, new int[] {hiddenWidth, width});
        shapes.put(NORM, new int[] {width});
        return shapes;
    }

    @Override
    public JsonObject toJson() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("family", new JsonString(FAMILY));
        members.put("alphabet", JsonNumber.of(alphabetSize));
        members.put("window", JsonNumber.of(window));
        members.put("width", JsonNumber.of(width));
        members.put("hidden", JsonNumber.of(hiddenWidth));
        members.put("parameters", JsonNumber.of(parameterCount()));
        return new JsonObject(members);
    }

    @Override
    public long stateBytes(int maxSymbols) {
        int features = Kernels.padded(window * width);
        int rest = Kernels.padded(2 * hiddenWidth) + Kernels.padded(hiddenWidth) + Kernels.padded(width);
        return 4L * (window + 2L * features + rest + Kernels.padded(alphabetSize)) + 512;
    }

    @Override
    public FeedForwardStudent open(Map<String, Tensor> tensors) {
        return new FeedForwardStudent(this, tensors);
    }

    private static void requireWithin(String what, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("expected a " + what + " of 1 to " + most + ", found " + value);
        }
    }
}

package io.retort.inference.students;

import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.students.Mixer.Attention;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.Mixer.Recurrence;
import io.retort.inference.tensors.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The shape of a student of the family {@value #FAMILY}, or of {@value #RECURRENT} or {@value #ATTENTION} where all layers
 * are of that kind: layers that each mix positions, then channels, between a tied
 * embedding on both sides. It determines every tensor's shape ({@link StudentTensors}) and hence the exact number of
 * parameters. Immutable.
 *
 * @param alphabetSize symbols read and predicted
 * @param width channels of the residual stream, of a recurrence and of all heads together
 * @param hiddenWidth channels inside each layer's gated feed-forward network
 * @param mixers one a layer, first layer first
 * @param repeats how often a symbol goes through all layers, with the same weights; every time has a memory of its own
 *     (Dehghani et al., "Universal Transformers", 2018)
 */
public record StudentConfig(int alphabetSize, int width, int hiddenWidth, List<Mixer> mixers, int repeats)
        implements StudentShape {

    /** Name under which bundles store this family. */
    public static final String FAMILY = "recurrent-attention";

    /** The family's name where every layer is a recurrence: the memory does not grow with the text. */
    public static final String RECURRENT = "recurrent";

    /** The family's name where every layer is attention. */
    public static final String ATTENTION = "attention";

    /** Times that the layers may be run. */
    public static final int MAXIMUM_REPEATS = 8;

    private static final int MAXIMUM_LAYERS = 16;
    private static final int MAXIMUM_WIDTH = 4096;
    private static final int MAXIMUM_ALPHABET = 1 << 16;

    public StudentConfig {
        mixers = List.copyOf(mixers);
        requireWithin("alphabet size", alphabetSize, MAXIMUM_ALPHABET);
        requireWithin("width", width, MAXIMUM_WIDTH);
        requireWithin("hidden width", hiddenWidth, MAXIMUM_WIDTH);
        requireWithin("number of layers", mixers.size(), MAXIMUM_LAYERS);
        requireWithin("number of repeats", repeats, MAXIMUM_REPEATS);
        for (Mixer mixer : mixers) {
            if (mixer instanceof Attention attention && width % attention.heads() != 0) {
                throw new IllegalArgumentException(
                        "expected a width divisible by the heads, found " + width + " and " + attention.heads());
            }
        }
    }

    /** Layers that are run once. */
    public StudentConfig(int alphabetSize, int width, int hiddenWidth, List<Mixer> mixers) {
        this(alphabetSize, width, hiddenWidth, mixers, 1);
    }

    /** One recurrence of kernel 4, then two-headed attention: the shape that suits most domains. */
    public static StudentConfig of(int alphabetSize, int width, int hiddenWidth, Positions positions) {
        return new StudentConfig(alphabetSize, width, hiddenWidth, layers(FAMILY, positions));
    }

    /** The two layers that a family has unless a config says otherwise, kernels and heads as in {@link #of}. */
    public static List<Mixer> layers(String family, Positions positions) {
        return layers(family, positions, 2);
    }

    /**
     * The layers of a family: of {@value #FAMILY} recurrences and attention last.
     *
     * @param count how many, 2 to 16
     */
    public static List<Mixer> layers(String family, Positions positions, int count) {
        if (count < 2 || count > MAXIMUM_LAYERS) {
            throw new IllegalArgumentException("expected layers of 2 to " + MAXIMUM_LAYERS + ", found " + count);
        }
        Mixer recurrence = new Recurrence(4);
        Mixer attention = new Attention(2, positions == Positions.FORGET ? 4 : 8, positions);
        Mixer last = family.equals(RECURRENT) ? recurrence : attention;
        Mixer before = family.equals(ATTENTION) ? attention : recurrence;
        if (!family.equals(FAMILY) && !before.equals(last)) {
            throw new IllegalArgumentException(
                    "expected family " + FAMILY + ", " + RECURRENT + " or " + ATTENTION + ", found " + family);
        }
        List<Mixer> layers = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            layers.add(before);
        }
        layers.add(last);
        return layers;
    }

    /**
     * The widest student of {@link #of}'s layers within a number of parameters whose feed-forward networks are at least
     * 0.7 of its width; the rest of the budget goes into those networks.
     *
     * @throws IllegalArgumentException if the budget is too small for any
     */
    public static StudentConfig fitting(int alphabetSize, long budget, Positions positions) {
        return fitting(alphabetSize, budget, layers(FAMILY, positions));
    }

    /**
     * The widest student of these layers within a number of parameters, as the other {@code fitting} makes it.
     *
     * @throws IllegalArgumentException if the budget is too small for any
     */
    public static StudentConfig fitting(int alphabetSize, long budget, List<Mixer> mixers) {
        StudentConfig best = null;
        for (int width = 4; width <= MAXIMUM_WIDTH; width += 4) {
            long fixed = new StudentConfig(alphabetSize, width, 1, mixers).parameterCount();
            long perHidden = 3L * mixers.size() * width;
            long hidden = Math.min(MAXIMUM_WIDTH, 1 + Math.floorDiv(budget - fixed, perHidden));
            if (hidden < Math.max(1, 0.7 * width)) {
                break;
            }
            best = new StudentConfig(alphabetSize, width, (int) hidden, mixers);
        }
        if (best == null) {
            throw new IllegalArgumentException("expected a budget for at least the smallest student, "
                    + new StudentConfig(alphabetSize, 4, 3, mixers).parameterCount() + " parameters, found " + budget);
        }
        return best;
    }

    /** The same with layers that are run so often; as many parameters. */
    public StudentConfig repeated(int times) {
        return new StudentConfig(alphabetSize, width, hiddenWidth, mixers, times);
    }

    /** Layers that a symbol goes through: layer {@code i} has the weights of {@code i} modulo those of {@link #mixers}. */
    public int depth() {
        return mixers.size() * repeats;
    }

    /** {@value #RECURRENT} or {@value #ATTENTION} where all layers are of that kind, else {@value #FAMILY}. */
    @Override
    public String family() {
        int attentive = 0;
        for (Mixer mixer : mixers) {
            attentive += mixer instanceof Attention ? 1 : 0;
        }
        return attentive == 0 ? RECURRENT : attentive == mixers.size() ? ATTENTION : FAMILY;
    }

    @Override
    public Map<String, int[]> tensorShapes() {
        return StudentTensors.shapes(this);
    }

    @Override
    public long weightsPerSymbol() {
        long outside = (alphabetSize + 1L) * width; // embedding and last gain
        return outside + repeats * (parameterCount() - outside);
    }

    @Override
    public JsonObject toJson() {
        return StudentConfigJson.write(this);
    }

    @Override
    public long stateBytes(int maxSymbols) {
        return stateBytes(maxSymbols, MemoryFormat.F32);
    }

    @Override
    public long stateBytes(int maxSymbols, MemoryFormat format) {
        return RecurrentAttentionStudent.stateBytes(this, maxSymbols, format);
    }

    @Override
    public RecurrentAttentionStudent open(Map<String, Tensor> tensors) {
        return new RecurrentAttentionStudent(this, tensors);
    }

    private static void requireWithin(String what, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("expected a " + what + " of 1 to " + most + ", found " + value);
        }
    }
}

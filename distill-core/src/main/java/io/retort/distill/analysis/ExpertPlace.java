package io.retort.distill.analysis;

import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an expert is in a checkpoint with Hugging Face's names.
 *
 * @param layer its layer
 * @param expert its number
 */
public record ExpertPlace(int layer, int expert) implements Serializable, Comparable<ExpertPlace> {
    private static final Pattern GATE =
            Pattern.compile("model\\.layers\\.(\\d{1,6})\\.mlp\\.experts\\.(\\d{1,6})\\.gate_proj\\.weight");

    /** All experts that tensors of these names make, by layer and number. */
    public static Set<ExpertPlace> all(Set<String> names) {
        Set<ExpertPlace> places = new TreeSet<>();
        for (String name : names) {
            Matcher matcher = GATE.matcher(name);
            if (matcher.matches()) {
                places.add(new ExpertPlace(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
            }
        }
        return places;
    }

    /** The name of one of its weights, such as {@code gate_proj}. */
    String tensor(String projection) {
        return "model.layers." + layer + ".mlp.experts." + expert + "." + projection + ".weight";
    }

    /** The name of a layer's router. */
    static String router(int layer) {
        return "model.layers." + layer + ".mlp.gate.weight";
    }

    /** The name of the bias by which a layer's router chooses. */
    static String bias(int layer) {
        return "model.layers." + layer + ".mlp.gate.e_score_correction_bias";
    }

    @Override
    public int compareTo(ExpertPlace other) {
        return layer != other.layer ? Integer.compare(layer, other.layer) : Integer.compare(expert, other.expert);
    }
}

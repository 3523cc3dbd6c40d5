package io.retort.eval.outcomes;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An expert that a router chose for a document.
 *
 * @param expert letters, digits, {@code . _ -}
 * @param weight its share of the mixture, 0 to 1
 */
public record RoutedExpert(String expert, double weight) implements Serializable {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    public RoutedExpert {
        if (!NAME.matcher(expert).matches() || !(weight >= 0 && weight <= 1)) {
            throw new IllegalArgumentException(
                    "expected an expert's name and a weight of 0 to 1, found \"" + expert + "\" and " + weight);
        }
    }

    /** The chosen experts in one cell of a table, each weight with all its digits: {@code math=0.8312 coding=0.1688}. */
    static String format(List<RoutedExpert> experts) {
        StringBuilder text = new StringBuilder();
        for (RoutedExpert routed : experts) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(routed.expert)
                    .append('=')
                    .append(routed.weight);
        }
        return text.toString();
    }

    static List<RoutedExpert> parse(String text) {
        List<RoutedExpert> experts = new ArrayList<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            int equals = pair.lastIndexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("expected expert=weight, found \"" + pair + "\"");
            }
            experts.add(new RoutedExpert(pair.substring(0, equals), Double.parseDouble(pair.substring(equals + 1))));
        }
        return List.copyOf(experts);
    }
}

package io.retort.datasets.suites;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What counting words reaches: the distribution of the next word after the longest context of at most four words that was
 * seen. Words are cut at spaces; the mark before an answer is no word.
 */
final class WordFiveGram {
    private static final int CONTEXT = 4;

    private final Map<List<String>, Map<String, Integer>> counts = new HashMap<>();

    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.replace(" ...\n", " ").strip().split("\\s+")) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    /** Counts a text's words after their contexts of 0 to 4 words. */
    void add(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            for (int length = 0; length <= Math.min(CONTEXT, i); length++) {
                counts.computeIfAbsent(List.copyOf(words.subList(i - length, i)), context -> new TreeMap<>())
                        .merge(words.get(i), 1, Integer::sum);
            }
        }
    }

    /** The word that came most often after the longest context seen; of equals the first by spelling. */
    String next(List<String> before) {
        return after(before).entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    /** How much more often the first word came than the second after the longest context that one of them was seen in. */
    int preference(List<String> before, String first, String second) {
        for (int length = Math.min(CONTEXT, before.size()); length >= 0; length--) {
            Map<String, Integer> seen = counts.getOrDefault(context(before, length), Map.of());
            int difference = seen.getOrDefault(first, 0) - seen.getOrDefault(second, 0);
            if (seen.containsKey(first) || seen.containsKey(second)) {
                return difference;
            }
        }
        return 0;
    }

    private Map<String, Integer> after(List<String> before) {
        for (int length = Math.min(CONTEXT, before.size()); length >= 0; length--) {
            Map<String, Integer> seen = counts.get(context(before, length));
            if (seen != null) {
                return seen;
            }
        }
        return Map.of();
    }

    private static List<String> context(List<String> before, int length) {
        return List.copyOf(before.subList(before.size() - length, before.size()));
    }
}

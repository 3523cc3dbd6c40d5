package io.retort.datasets.suites;

import java.util.ArrayList;
import java.util.List;

/**
 * The words that the suites share. They are few on purpose: a vocabulary of about a thousand pieces then holds most of
 * them whole, so that capacity goes into what a task asks and not into spelling.
 */
final class Lexicon {

    static final List<String> WOMEN = List.of(
            "Anna", "Clara", "Emma", "Grace", "Ivy", "Kate", "Mia", "Olga", "Rosa", "Tina", "Vera", "Yara", "Zoe",
            "Bella", "Diana", "Fiona");

    static final List<String> MEN = List.of(
            "Ben", "David", "Felix", "Henry", "Jack", "Leo", "Noah", "Paul", "Sam", "Umar", "Will", "Adam", "Carl",
            "Eric", "Hugo", "Tom");

    static final List<String> NAMES = joined(WOMEN, MEN);

    static final List<String> PLACES = List.of(
            "kitchen", "garden", "park", "school", "market", "barn", "library", "beach", "forest", "office", "cellar",
            "tower", "station", "harbor", "mill", "church");

    static final List<String> OBJECTS = List.of(
            "ball", "cup", "book", "lamp", "key", "coin", "box", "bag", "hat", "drum", "kite", "ring", "map", "bell",
            "rope", "shell");

    static final List<String> COLOURS = List.of(
            "red", "blue", "green", "pink", "black", "white", "gray", "gold", "brown", "purple", "yellow", "silver");

    static final List<String> ANIMALS =
            List.of("dog", "cat", "horse", "cow", "duck", "goat", "frog", "bird", "rabbit", "bear", "owl", "pig");

    /** Words that stand for a value where any would do. */
    static final List<String> THINGS = joined(joined(PLACES, OBJECTS), joined(COLOURS, ANIMALS));

    private static final String CONSONANTS = "bdfgklmnprstvz";
    private static final String VOWELS = "aeiou";

    private Lexicon() {}

    /** A made-up word of so many syllables, such as "tavo"; some happen to be English, and none means anything. */
    static String invented(Draws draws, int syllables) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < syllables; i++) {
            word.append(CONSONANTS.charAt(draws.below(CONSONANTS.length())));
            word.append(VOWELS.charAt(draws.below(VOWELS.length())));
        }
        return word.toString();
    }

    static String capitalised(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}

package io.retort.datasets.suites;

import io.retort.datasets.corpus.Document;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Recall over distance: the value of a key, the latest value of a key, a fact inside a story. The question stands at
 * the end; keys are made up and values are words drawn at random, so that nothing but the text tells the answer.
 */
public final class ContextSuite implements Suite {

    private static final String DOMAIN = "context";
    private static final List<String> TASKS = List.of("lookup", "latest", "needle");
    private static final int VALUE_LENGTH = longest(Lexicon.THINGS);
    /** The 4,900 words of two syllables are plenty for the 3,000 entries of 32,768 bytes; longer texts need 343,000. */
    private static final int LONGEST_OF_TWO_SYLLABLES = 32_768;

    /** The shortest and the longest text that {@link #ofLength} accepts, in bytes. */
    public static final int SHORTEST = 128;

    /** See {@link #SHORTEST}. */
    public static final int LONGEST = 131_072;

    private final int minBytes;
    private final int maxBytes;
    private final int syllables; // of a key
    private final Checker checker = new ExactAnswer(DOMAIN);

    private ContextSuite(int minBytes, int maxBytes) {
        if (minBytes < SHORTEST || maxBytes > LONGEST || minBytes > maxBytes) {
            throw new IllegalArgumentException("expected lengths between " + SHORTEST + " and " + LONGEST
                    + " bytes in order, found " + minBytes + " and " + maxBytes);
        }
        this.minBytes = minBytes;
        this.maxBytes = maxBytes;
        syllables = maxBytes > LONGEST_OF_TWO_SYLLABLES ? 3 : 2;
    }

    /** Documents of 128 to 400 bytes: within the context of the smallest teacher, and cheap to score. */
    public static ContextSuite standard() {
        return ofLength(128, 400);
    }

    /**
     * Documents whose length in bytes is drawn log-uniformly from a range; a document may fall short of its drawn
     * length by less than a sentence, and never exceeds it.
     *
     * @throws IllegalArgumentException if the range is not within {@link #SHORTEST} and {@link #LONGEST}
     */
    public static ContextSuite ofLength(int minBytes, int maxBytes) {
        return new ContextSuite(minBytes, maxBytes);
    }

    @Override
    public String domain() {
        return DOMAIN;
    }

    @Override
    public List<String> tasks() {
        return TASKS;
    }

    @Override
    public Document document(long seed, long index) {
        Draws draws = Draws.of(DOMAIN + ":" + minBytes + ":" + maxBytes, seed, index);
        int length = (int) Math.round(minBytes * Math.pow((double) maxBytes / minBytes, draws.unit()));
        int share = draws.below(100);
        Item item;
        if (share < 45) {
            item = lookup(draws, length);
        } else if (share < 70) {
            item = latest(draws, length);
        } else {
            item = needle(draws, length);
        }
        return item.in(DOMAIN);
    }

    @Override
    public Checker checker() {
        return checker;
    }

    /** One line of a document. */
    private record Entry(String key, String value) {

        private String line() {
            return key + " = " + value + "\n";
        }
    }

    private Item lookup(Draws draws, int length) {
        Set<String> keys = new LinkedHashSet<>();
        List<Entry> entries = entries(draws, length - "What is ?\n".length() - keyLength(), () -> {
            String key = Lexicon.invented(draws, syllables);
            while (!keys.add(key)) {
                key = Lexicon.invented(draws, syllables);
            }
            return key;
        });
        Entry asked = draws.pick(entries);
        return Item.of("lookup", lines(entries) + "What is " + asked.key() + "?\n", asked.value());
    }

    private Item latest(Draws draws, int length) {
        int room = length - "What is the latest ?\n".length() - keyLength();
        // About three entries a key.
        List<String> keys = keys(draws, Math.max(2, room / 36));
        List<Entry> entries = entries(draws, room, () -> draws.pick(keys));
        String asked = draws.pick(entries).key();
        String value = "";
        for (Entry entry : entries) {
            value = entry.key().equals(asked) ? entry.value() : value;
        }
        return Item.of("latest", lines(entries) + "What is the latest " + asked + "?\n", value);
    }

    /** As many entries as there is room for beside an answer. */
    private static List<Entry> entries(Draws draws, int room, Supplier<String> keys) {
        List<Entry> entries = new ArrayList<>();
        int left = room - VALUE_LENGTH;
        while (true) {
            Entry entry = new Entry(keys.get(), draws.pick(Lexicon.THINGS));
            left -= entry.line().length();
            if (left < 0) {
                return entries;
            }
            entries.add(entry);
        }
    }

    private static String lines(List<Entry> entries) {
        StringBuilder lines = new StringBuilder();
        for (Entry entry : entries) {
            lines.append(entry.line());
        }
        return lines.toString();
    }

    /** A story with two facts in it, at random places; one of them is asked. */
    private Item needle(Draws draws, int length) {
        List<String> keys = keys(draws, 2);
        List<String> values = draws.sample(Lexicon.THINGS, 2);
        List<String> facts = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            facts.add("The code of " + keys.get(i) + " is " + values.get(i) + ".");
        }
        int asked = draws.below(2);
        String question = "What is the code of " + keys.get(asked) + "?\n";
        int room = length - question.length() - VALUE_LENGTH;
        for (String fact : facts) {
            room -= fact.length() + 1;
        }
        List<String> sentences = filler(draws, room);
        for (String fact : facts) {
            sentences.add(draws.between(0, sentences.size()), fact);
        }
        return Item.of("needle", String.join(" ", sentences) + "\n" + question, values.get(asked));
    }

    /** Sentences of stories, with the spaces between them at most so many bytes. */
    private static List<String> filler(Draws draws, int room) {
        List<String> sentences = new ArrayList<>();
        int left = room;
        while (true) {
            for (String sentence : new Story(draws).sentences(6)) {
                left -= sentence.length() + 1;
                if (left < 0) {
                    return sentences;
                }
                sentences.add(sentence);
            }
        }
    }

    /** Different keys. */
    private List<String> keys(Draws draws, int count) {
        Set<String> keys = new LinkedHashSet<>();
        while (keys.size() < count) {
            keys.add(Lexicon.invented(draws, syllables));
        }
        return List.copyOf(keys);
    }

    private int keyLength() {
        return 2 * syllables;
    }

    private static int longest(List<String> words) {
        return words.stream().mapToInt(String::length).max().orElseThrow();
    }
}

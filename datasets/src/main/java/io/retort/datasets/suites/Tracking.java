package io.retort.datasets.suites;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is where, who has what and where a thing is, after a few events; at most two lookups lead to the answer. */
final class Tracking {

    private static final String TASK = "tracking";
    private static final List<String> MOVES = List.of("went to", "walked to", "ran to", "moved to");

    private Tracking() {}

    static Item draw(Draws draws) {
        int share = draws.below(100);
        if (share < 35) {
            return people(draws);
        }
        if (share < 60) {
            return things(draws);
        }
        return share < 85 ? holders(draws) : carried(draws);
    }

    /** Moves of two or three people; the last move of one is asked. */
    private static Item people(Draws draws) {
        List<String> names = draws.sample(Lexicon.NAMES, draws.between(2, 3));
        Map<String, String> whereabouts = new LinkedHashMap<>();
        List<String> facts = new ArrayList<>();
        for (int i = draws.between(3, 5); i > 0; i--) {
            String name = draws.pick(names);
            String place = draws.pick(Lexicon.PLACES);
            whereabouts.put(name, place);
            facts.add(name + " " + draws.pick(MOVES) + " the " + place + ".");
        }
        Map.Entry<String, String> asked = draws.pick(List.copyOf(whereabouts.entrySet()));
        return item(facts, "Where is " + asked.getKey() + "?", asked.getValue());
    }

    /** Things put in places by people; the last place of one is asked. */
    private static Item things(Draws draws) {
        List<String> names = draws.sample(Lexicon.NAMES, 2);
        List<String> objects = draws.sample(Lexicon.OBJECTS, 2);
        Map<String, String> whereabouts = new LinkedHashMap<>();
        List<String> facts = new ArrayList<>();
        for (int i = draws.between(3, 4); i > 0; i--) {
            String object = draws.pick(objects);
            String place = draws.pick(Lexicon.PLACES);
            String verb = whereabouts.containsKey(object) ? "moved" : "took";
            whereabouts.put(object, place);
            facts.add(draws.pick(names) + " " + verb + " the " + object + " to the " + place + ".");
        }
        Map.Entry<String, String> asked = draws.pick(List.copyOf(whereabouts.entrySet()));
        return item(facts, "Where is the " + asked.getKey() + "?", asked.getValue());
    }

    /** Things picked up and handed on; the last holder of one is asked. */
    private static Item holders(Draws draws) {
        List<String> names = draws.sample(Lexicon.NAMES, 3);
        List<String> objects = draws.sample(Lexicon.OBJECTS, 2);
        Map<String, String> holders = new LinkedHashMap<>();
        List<String> facts = new ArrayList<>();
        for (int i = draws.between(2, 4); i > 0; i--) {
            String object = draws.pick(objects);
            String holder = holders.get(object);
            String next = other(draws, names, holder);
            facts.add(
                    holder == null
                            ? next + " " + draws.oneOf("took", "found") + " the " + object + "."
                            : holder + " gave the " + object + " to " + next + ".");
            holders.put(object, next);
        }
        Map.Entry<String, String> asked = draws.pick(List.copyOf(holders.entrySet()));
        return item(facts, "Who has the " + asked.getKey() + "?", asked.getValue());
    }

    /** Two people take a thing each and move; the place of one thing is its holder's place. */
    private static Item carried(Draws draws) {
        List<String> names = draws.sample(Lexicon.NAMES, 2);
        List<String> objects = draws.sample(Lexicon.OBJECTS, 2);
        List<String> places = draws.sample(Lexicon.PLACES, 2);
        List<String> facts = new ArrayList<>();
        for (int person : draws.shuffled(List.of(0, 1))) {
            facts.add(names.get(person) + " took the " + objects.get(person) + ".");
        }
        for (int person : draws.shuffled(List.of(0, 1))) {
            facts.add(names.get(person) + " " + draws.pick(MOVES) + " the " + places.get(person) + ".");
        }
        int asked = draws.below(2);
        return item(facts, "Where is the " + objects.get(asked) + "?", places.get(asked));
    }

    private static String other(Draws draws, List<String> names, @Nullable String holder) {
        return draws.pick(names.stream().filter(name -> !name.equals(holder)).toList());
    }

    private static Item item(List<String> facts, String question, String answer) {
        return Item.of(TASK, String.join(" ", facts) + "\n" + question + "\n", answer);
    }
}

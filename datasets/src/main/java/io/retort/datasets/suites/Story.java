package io.retort.datasets.suites;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One story being told: a cast of three, two coloured things, who has what and who is where. Every sentence agrees with
 * that state, with the story's tense and with its own subject. Not safe for use by several threads.
 */
final class Story {

    /**
     * The last sentence of a story, cut before a word that what came before determines.
     *
     * @param beginning the sentence up to that word
     * @param word the right word
     * @param wrongWord a word of the same kind that does not fit
     * @param rest what follows the word, the full stop included
     */
    record Ending(String beginning, String word, String wrongWord, String rest) {

        String sentence() {
            return beginning + " " + word + rest;
        }
    }

    /** A member of the cast with the pronouns that refer to it. */
    record Person(String name, Gender gender) {}

    enum Gender {
        SHE("she", "her", "herself"),
        HE("he", "him", "himself");

        private final String subject;
        private final String object;
        private final String reflexive;

        Gender(String subject, String object, String reflexive) {
            this.subject = subject;
            this.object = object;
            this.reflexive = reflexive;
        }

        String subject() {
            return subject;
        }

        String object() {
            return object;
        }

        String reflexive() {
            return reflexive;
        }

        Gender other() {
            return this == SHE ? HE : SHE;
        }
    }

    private final Draws draws;
    private final Verb.Tense tense;
    private final List<Person> cast;
    private final List<String> things;
    private final Map<String, Person> holders = new LinkedHashMap<>();
    private final Map<Person, String> places = new LinkedHashMap<>();
    private final StoryEndings endings;

    Story(Draws draws) {
        this.draws = draws;
        this.tense = draws.percent(70) ? Verb.Tense.PAST : Verb.Tense.PRESENT;
        // One of each gender at least, so that a pronoun has something to choose between.
        this.cast = draws.shuffled(List.of(
                new Person(draws.pick(Lexicon.WOMEN.subList(0, 8)), Gender.SHE),
                new Person(draws.pick(Lexicon.MEN.subList(0, 8)), Gender.HE),
                draws.percent(50)
                        ? new Person(draws.pick(Lexicon.WOMEN.subList(8, 16)), Gender.SHE)
                        : new Person(draws.pick(Lexicon.MEN.subList(8, 16)), Gender.HE)));
        List<String> colours = draws.sample(Lexicon.COLOURS, 2);
        List<String> objects = draws.sample(Lexicon.OBJECTS, 2);
        this.things = List.of(colours.get(0) + " " + objects.get(0), colours.get(1) + " " + objects.get(1));
        this.endings = new StoryEndings(draws, tense, cast);
    }

    /** The next sentences of the story, at least one. The first of a story introduces cast and things. */
    List<String> sentences(int count) {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            told.add(holders.size() < things.size() ? introduction() : next());
        }
        return told;
    }

    /** A sentence whose last words follow from the story; drawn among all that the state allows. */
    Ending ending() {
        int share = draws.below(100);
        if (share < 25) {
            String thing = draws.pick(List.copyOf(holders.keySet()));
            return endings.holder(thing, holders.getOrDefault(thing, cast.get(0)));
        }
        if (share < 45 && !places.isEmpty()) {
            return endings.place(places, draws.pick(List.copyOf(places.keySet())));
        }
        return endings.agreement();
    }

    private String introduction() {
        Person person = cast.get(holders.size());
        String thing = things.get(holders.size());
        holders.put(thing, person);
        String place = draws.pick(Lexicon.PLACES);
        return switch (draws.below(3)) {
            case 0 ->
                person.name() + " " + tense.singular(Verb.LIVE) + " near the " + place + " and "
                        + tense.singular(Verb.HAVE) + " a " + thing + ".";
            case 1 ->
                "One day " + person.name() + " " + tense.singular(Verb.FIND) + " a " + thing + " at the " + place + ".";
            default -> person.name() + " " + tense.singular(Verb.HAVE) + " a " + thing + " from the " + place + ".";
        };
    }

    private String next() {
        int share = draws.below(100);
        if (share < 25) {
            return move();
        }
        if (share < 50) {
            return give();
        }
        return ending().sentence();
    }

    private String move() {
        Person person = draws.pick(cast);
        String place = draws.pick(Lexicon.PLACES);
        places.put(person, place);
        Verb verb = draws.oneOf(Verb.GO, Verb.RUN);
        return draws.oneOf("Then ", "Later ", "Soon ", "") + person.name() + " " + tense.singular(verb) + " to the "
                + place + ".";
    }

    private String give() {
        String thing = draws.pick(things);
        Person holder = holders.getOrDefault(thing, cast.get(0));
        Person taker = draws.pick(
                cast.stream().filter(person -> !person.equals(holder)).toList());
        holders.put(thing, taker);
        String pronoun = taker.gender().subject();
        String given = holder.name() + " " + tense.singular(Verb.GIVE) + " the " + thing + " to " + taker.name();
        return draws.percent(50)
                ? given + "."
                : given + ", and " + pronoun + " " + tense.singularBe() + " " + endings.mood() + ".";
    }
}

package io.retort.datasets.suites;

import java.util.List;
import java.util.Map;

/** The sentences of a story in which one word is determined by others: its number, tense, gender or reference. */
final class StoryEndings {

    private static final List<String> MOODS = List.of("happy", "tired", "quiet", "loud", "hungry", "calm", "proud");
    private static final List<String> SIZES = List.of("old", "big", "small", "tall", "low", "long");
    private static final List<String> LANDMARKS = List.of("tree", "wall", "gate", "boat", "house", "hill", "pond");
    private static final List<String> SIDES = List.of("near", "behind", "beside", "under");
    private static final List<Verb> HABITS = List.of(Verb.SLEEP, Verb.SING, Verb.PLAY, Verb.RUN);

    private final Draws draws;
    private final Verb.Tense tense;
    private final List<Story.Person> cast;

    StoryEndings(Draws draws, Verb.Tense tense, List<Story.Person> cast) {
        this.draws = draws;
        this.tense = tense;
        this.cast = cast;
    }

    String mood() {
        return draws.pick(MOODS);
    }

    /** Who has a thing now. */
    Story.Ending holder(String thing, Story.Person holder) {
        Story.Person other = other(holder);
        String opening = draws.oneOf("Now", "At last", "In the end");
        if (draws.percent(50)) {
            return new Story.Ending(
                    opening + " the " + thing + " " + tense.singular(Verb.BELONG) + " to",
                    holder.name(),
                    other.name(),
                    ".");
        }
        return new Story.Ending(
                opening + " the one with the " + thing + " " + tense.singularBe(), holder.name(), other.name(), ".");
    }

    /** Where somebody is now. */
    Story.Ending place(Map<Story.Person, String> places, Story.Person person) {
        String place = places.getOrDefault(person, "");
        List<String> others =
                Lexicon.PLACES.stream().filter(other -> !other.equals(place)).toList();
        List<String> mentioned =
                places.values().stream().filter(other -> !other.equals(place)).toList();
        String wrong = mentioned.isEmpty() ? draws.pick(others) : draws.pick(mentioned);
        return new Story.Ending(
                person.name() + " " + tense.singular(Verb.WAIT) + " for the others in the", place, wrong, ".");
    }

    /** A verb, pronoun or reflexive that agrees with a word further back. */
    Story.Ending agreement() {
        return switch (draws.below(5)) {
            case 0, 1 -> number();
            case 2 -> pronoun();
            case 3 -> reflexive();
            default -> habit();
        };
    }

    /** Number: the verb follows the subject's noun, not the nearest noun. */
    private Story.Ending number() {
        boolean plural = draws.percent(50);
        String good = plural ? tense.pluralBe() : tense.singularBe();
        String bad = plural ? tense.singularBe() : tense.pluralBe();
        String subject = "The " + group(plural) + modifiers();
        return new Story.Ending(subject, good, bad, " " + mood() + ".");
    }

    /** Gender: the one who falls is the one who is helped. */
    private Story.Ending pronoun() {
        Story.Person fallen = draws.pick(cast);
        Story.Person helper = other(fallen);
        String where = draws.pick(SIDES) + " the " + draws.pick(SIZES) + " " + landmark();
        return new Story.Ending(
                "When " + fallen.name() + " " + tense.singular(Verb.FALL) + " " + where + ", " + helper.name() + " "
                        + tense.singular(Verb.HELP),
                fallen.gender().object(),
                fallen.gender().other().object(),
                ".");
    }

    /** Gender and number: a reflexive refers to its own subject, not to the name between. */
    private Story.Ending reflexive() {
        if (draws.percent(33)) {
            String wrong = draws.oneOf("herself", "himself");
            return new Story.Ending(
                    "The " + group(true) + modifiers() + " " + tense.plural(Verb.WASH), "themselves", wrong, ".");
        }
        Story.Person person = draws.pick(cast);
        Story.Person liked = other(person);
        return new Story.Ending(
                person.name() + ", who " + tense.singular(Verb.LIKE) + " " + liked.name() + ", "
                        + tense.singular(draws.oneOf(Verb.WASH, Verb.FEED)),
                person.gender().reflexive(),
                person.gender().other().reflexive(),
                ".");
    }

    /** Tense: a thing is as the story's tense has it; the habit itself is named before. */
    private Story.Ending habit() {
        Verb habit = draws.pick(HABITS);
        String subject = "the " + group(true) + modifiers();
        return new Story.Ending(
                "All " + subject + " " + tense.plural(habit) + " while "
                        + draws.pick(cast).name(),
                tense.singular(habit),
                tense.other().singular(habit),
                ".");
    }

    private String group(boolean plural) {
        return draws.pick(Lexicon.ANIMALS) + (plural ? "s" : "");
    }

    /** One or two phrases between a noun and its verb, with nouns of either number to lead astray. */
    private String modifiers() {
        StringBuilder text = new StringBuilder();
        for (int i = draws.between(1, 2); i > 0; i--) {
            text.append(' ').append(draws.pick(SIDES)).append(" the ");
            if (draws.percent(50)) {
                text.append(draws.pick(SIZES)).append(' ');
            }
            text.append(landmark());
        }
        if (draws.percent(25)) {
            text.append(" that ").append(draws.pick(cast).name()).append(' ').append(tense.singular(Verb.LIKE));
        }
        return text.toString();
    }

    private String landmark() {
        return draws.pick(LANDMARKS) + (draws.percent(50) ? "s" : "");
    }

    private Story.Person other(Story.Person person) {
        return draws.pick(cast.stream().filter(one -> !one.equals(person)).toList());
    }
}

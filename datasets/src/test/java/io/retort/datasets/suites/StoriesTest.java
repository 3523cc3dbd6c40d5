package io.retort.datasets.suites;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.datasets.corpus.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reads the language suite's text with patterns of its own and checks that it agrees with itself. */
class StoriesTest {

    private static final Set<String> SHE = Set.of(
            "Anna", "Clara", "Emma", "Grace", "Ivy", "Kate", "Mia", "Olga", "Rosa", "Tina", "Vera", "Yara", "Zoe",
            "Bella", "Diana", "Fiona");
    private static final Pattern OWNER = Pattern.compile(
            "(\\w+) (?:lived near the \\w+ and had|lives near the \\w+ and has|finds|found|has|had) a (\\w+ \\w+)");
    private static final Pattern GIFT = Pattern.compile("\\w+ (?:gave|gives) the (\\w+ \\w+) to (\\w+)");
    private static final Pattern HOLDER =
            Pattern.compile("the (?:one with the )?(\\w+ \\w+) (?:belonged to|belongs to|was|is)$");
    private static final Pattern PLACE = Pattern.compile("^(\\w+) (?:waited|waits) for the others in the$");
    private static final Pattern NUMBER = Pattern.compile("^The (\\w+) (?:near|behind|beside|under) ");
    private static final Pattern HELPED = Pattern.compile("^When (\\w+) .*, (\\w+) helps?(?:ed)?$");
    private static final Pattern REFLEXIVE = Pattern.compile("^(\\w+), who likes?d? \\w+, \\w+$");

    private final Map<String, Integer> seen = new HashMap<>();

    @Test
    void everyEndingFollowsFromTheStory() {
        Suite suite = Suites.named("language");
        for (int index = 0; index < 6_000; index++) {
            Document document = suite.document(31, index);
            String text = document.prompt().replace(" ...\n", "").strip();
            if (!document.task().equals("story")) {
                String word = document.answer().split("[ .]")[0];
                List<String> sentences = new ArrayList<>(List.of(text.split("\\. ")));
                String last = sentences.remove(sentences.size() - 1);
                check(document, sentences, last, word);
            }
        }
        assertThat(seen.keySet())
                .containsExactlyInAnyOrder("holder", "place", "number", "helped", "reflexive", "group", "habit");
        assertThat(seen.values()).allMatch(count -> count > 50);
    }

    /** The same sentences stand in whole stories, told to the end. */
    @Test
    void everySentenceOfAStoryFollowsFromTheOnesBefore() {
        Suite suite = Suites.named("language");
        Pattern mood = Pattern.compile(" (?:happy|tired|quiet|loud|hungry|calm|proud)$");
        Pattern ending = Pattern.compile("^(.*) (\\w+)$");
        for (int index = 0; index < 3_000; index++) {
            Document document = suite.document(32, index);
            if (!document.task().equals("story")) {
                continue;
            }
            List<String> sentences =
                    List.of(document.answer().replaceAll("\\.$", "").split("\\. "));
            assertThat(sentences).hasSizeBetween(4, 8);
            for (int i = 0; i < sentences.size(); i++) {
                Matcher matcher = ending.matcher(mood.matcher(sentences.get(i)).replaceFirst(""));
                assertThat(matcher.matches()).isTrue();
                if (kind(matcher.group(1)) != null) {
                    check(document, sentences.subList(0, i), matcher.group(1), matcher.group(2));
                }
            }
        }
        assertThat(seen).hasSize(7);
    }

    @Test
    void aMinimalPairDiffersInItsFirstWordAlone() {
        Suite suite = Suites.named("language");
        Set<String> firstChoices = new HashSet<>();
        for (int index = 0; index < 3_000; index++) {
            Document document = suite.document(33, index);
            if (document.task().equals("minimal-pair")) {
                assertThat(document.choices()).hasSize(2);
                String a = document.choices().get(0);
                String b = document.choices().get(1);
                assertThat(a.replaceFirst("^\\w+", "")).isEqualTo(b.replaceFirst("^\\w+", ""));
                assertThat(a).isNotEqualTo(b);
                firstChoices.add(a.equals(document.answer()) ? "first" : "second");
            }
        }
        assertThat(firstChoices).containsExactlyInAnyOrder("first", "second");
    }

    private static @Nullable String kind(String beginning) {
        if (HOLDER.matcher(beginning).find()) {
            return "holder";
        }
        if (PLACE.matcher(beginning).find()) {
            return "place";
        }
        if (HELPED.matcher(beginning).find()) {
            return "helped";
        }
        if (REFLEXIVE.matcher(beginning).find()) {
            return "reflexive";
        }
        if (beginning.startsWith("All the ")) {
            return "habit";
        }
        if (NUMBER.matcher(beginning).find()) {
            return beginning.matches(".* (?:wash|washed)$") ? "group" : "number";
        }
        return null;
    }

    private void check(Document document, List<String> before, String beginning, String word) {
        String kind = String.valueOf(kind(beginning));
        seen.merge(kind, 1, Integer::sum);
        boolean past = !String.join(" ", before).matches(".*\\b(has|lives|finds|gives|goes|runs|is|are)\\b.*");
        String expected = switch (kind) {
            case "holder" -> lastHolder(before, group(HOLDER, beginning));
            case "place" -> lastPlace(before, group(PLACE, beginning));
            case "helped" -> SHE.contains(group(HELPED, beginning)) ? "her" : "him";
            case "reflexive" -> SHE.contains(group(REFLEXIVE, beginning)) ? "herself" : "himself";
            case "group" -> "themselves";
            case "number" -> be(group(NUMBER, beginning).endsWith("s"), past);
            case "habit" -> habit(beginning, past);
            default -> throw new AssertionError("unknown ending: " + beginning + " in " + document.text());
        };
        assertThat(word).as(document.text()).isEqualTo(expected);
    }

    private static String group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static String be(boolean plural, boolean past) {
        if (past) {
            return plural ? "were" : "was";
        }
        return plural ? "are" : "is";
    }

    private static String habit(String beginning, boolean past) {
        String plural = beginning.replaceAll(" while \\w+$", "").replaceAll("^.* ", "");
        return past ? plural : plural + "s";
    }

    private static String lastHolder(List<String> before, String thing) {
        String holder = "nobody";
        for (String sentence : before) {
            Matcher owner = OWNER.matcher(sentence);
            if (owner.find() && owner.group(2).equals(thing)) {
                holder = owner.group(1);
            }
            Matcher gift = GIFT.matcher(sentence);
            if (gift.find() && gift.group(1).equals(thing)) {
                holder = gift.group(2);
            }
        }
        return holder;
    }

    private static String lastPlace(List<String> before, String name) {
        String place = "nowhere";
        for (String sentence : before) {
            Matcher move = Pattern.compile("\\b" + name + " (?:went|goes|ran|runs) to the (\\w+)")
                    .matcher(sentence);
            if (move.find()) {
                place = move.group(1);
            }
        }
        return place;
    }
}

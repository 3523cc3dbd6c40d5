package io.retort.datasets.suites;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.datasets.corpus.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Solves prompts from their text alone, by other means than the generators know, and compares with the references. */
class SolutionsTest {

    private static final int DRAWS = 3_000;

    private static List<Document> documents(Suite suite, String task) {
        List<Document> documents = new ArrayList<>();
        for (int index = 0; index < DRAWS; index++) {
            Document document = suite.document(21, index);
            if (document.task().equals(task)) {
                documents.add(document);
            }
        }
        assertThat(documents).hasSizeGreaterThan(100);
        return documents;
    }

    private static List<String> groups(String regex, String text) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        List<String> groups = new ArrayList<>();
        if (matcher.find()) {
            for (int i = 1; i <= matcher.groupCount(); i++) {
                groups.add(matcher.group(i));
            }
        }
        return groups;
    }

    @Test
    void arithmeticIsRight() {
        for (String task : List.of("add", "subtract", "multiply")) {
            for (Document document : documents(Suites.named("math"), task)) {
                List<String> parts = groups("(\\d+) (.) (\\d+)", document.prompt());
                long a = Long.parseLong(parts.get(0));
                long b = Long.parseLong(parts.get(2));
                long expected = switch (parts.get(1)) {
                    case "+" -> a + b;
                    case "-" -> a - b;
                    case "*" -> a * b;
                    default -> throw new AssertionError(document.prompt());
                };
                assertThat(document.answer()).as(document.prompt()).isEqualTo(Long.toString(expected));
                assertThat(expected).isNotNegative();
            }
        }
    }

    @Test
    void wordProblemsAreRight() {
        for (Document document : documents(Suites.named("math"), "word-problem")) {
            String prompt = document.prompt();
            List<String> numbers = groups("(\\d+)\\D+(\\d+)", prompt);
            long a = Long.parseLong(numbers.get(0));
            long b = Long.parseLong(numbers.get(1));
            long expected;
            if (prompt.matches("(?s).*( each|a day|cost).*")) {
                expected = a * b;
            } else if (prompt.matches("(?s).*(left|than).*")) {
                expected = a - b;
            } else {
                expected = a + b;
            }
            assertThat(document.answer()).as(prompt).isEqualTo(Long.toString(expected));
        }
    }

    @Test
    void trackingIsRight() {
        for (Document document : documents(Suites.named("reasoning"), "tracking")) {
            String[] lines = document.prompt().split("\n");
            Map<String, String> places = new HashMap<>();
            Map<String, String> holders = new HashMap<>();
            for (String fact : lines[0].split("\\. ?")) {
                List<String> move = groups("^(\\w+) \\w+ to the (\\w+)$", fact);
                List<String> put = groups("^(\\w+) \\w+ the (\\w+) to the (\\w+)$", fact);
                List<String> give = groups("^(\\w+) gave the (\\w+) to (\\w+)$", fact);
                List<String> take = groups("^(\\w+) \\w+ the (\\w+)$", fact);
                if (!move.isEmpty()) {
                    places.put(move.get(0), move.get(1));
                } else if (!put.isEmpty()) {
                    places.put(put.get(1), put.get(2));
                } else if (!give.isEmpty()) {
                    assertThat(holders).containsEntry(give.get(1), give.get(0));
                    holders.put(give.get(1), give.get(2));
                } else {
                    holders.put(take.get(1), take.get(0));
                }
            }
            String asked = groups("(\\w+)\\?", lines[1]).get(0);
            String holder = holders.getOrDefault(asked, asked);
            String expected = lines[1].startsWith("Who") ? holder : places.get(holder);
            assertThat(document.answer()).as(document.prompt()).isEqualTo(expected);
        }
    }

    /** Every order of the names is tried; exactly one fits the facts. */
    @Test
    void orderingIsRight() {
        Map<String, String> opposites = Map.of(
                "tallest",
                "shorter",
                "shortest",
                "taller",
                "oldest",
                "younger",
                "youngest",
                "older",
                "fastest",
                "slower",
                "slowest",
                "faster");
        for (Document document : documents(Suites.named("reasoning"), "ordering")) {
            String[] lines = document.prompt().split("\n");
            List<String[]> facts = new ArrayList<>();
            TreeSet<String> names = new TreeSet<>();
            String comparative = "";
            for (String fact : lines[0].split("\\. ?")) {
                List<String> parts = groups("^(\\w+) is (\\w+) than (\\w+)$", fact);
                facts.add(new String[] {parts.get(0), parts.get(2)});
                names.addAll(List.of(parts.get(0), parts.get(2)));
                comparative = parts.get(1);
            }
            List<List<String>> fitting = new ArrayList<>();
            permutations(new ArrayList<>(names), 0, order -> {
                if (facts.stream().allMatch(f -> order.indexOf(f[0]) < order.indexOf(f[1]))) {
                    fitting.add(List.copyOf(order));
                }
            });
            assertThat(fitting).hasSize(1);
            List<String> order = new ArrayList<>(fitting.get(0));
            String superlative = groups("the (\\w+)", lines[1]).get(0);
            if (comparative.equals(opposites.get(superlative))) {
                Collections.reverse(order);
            }
            String expected = lines[1].startsWith("Who") ? order.get(0) : String.join(" ", order);
            assertThat(document.answer()).as(document.prompt()).isEqualTo(expected);
        }
    }

    private static void permutations(List<String> items, int from, Consumer<List<String>> visitor) {
        if (from == items.size()) {
            visitor.accept(items);
            return;
        }
        for (int i = from; i < items.size(); i++) {
            Collections.swap(items, from, i);
            permutations(items, from + 1, visitor);
            Collections.swap(items, from, i);
        }
    }

    @Test
    void chainsAreRight() {
        for (Document document : documents(Suites.named("reasoning"), "chain")) {
            String[] lines = document.prompt().split("\n");
            Map<String, String> rules = new HashMap<>();
            for (String rule : lines[0].split("\\. ?")) {
                String[] words = rule.split(" ");
                assertThat(rules.put(words[0], words[2])).isNull();
            }
            List<String> question = groups("Start with (\\w+), (\\d) steps", lines[1]);
            String word = question.get(0);
            List<String> steps = new ArrayList<>();
            for (int i = Integer.parseInt(question.get(1)); i > 0; i--) {
                word = rules.get(word);
                steps.add(word);
            }
            assertThat(document.answer()).as(document.prompt()).isEqualTo(String.join(" ", steps));
        }
    }

    @Test
    void recallIsRightAndItsKeyStandsInTheText() {
        for (ContextSuite suite : List.of(ContextSuite.standard(), ContextSuite.ofLength(1_000, 2_000))) {
            for (String task : List.of("lookup", "latest")) {
                for (Document document : documents(suite, task)) {
                    String[] lines = document.prompt().split("\n");
                    String key = groups("(\\w+)\\?", lines[lines.length - 1]).get(0);
                    List<String> values = Arrays.stream(lines)
                            .filter(line -> line.startsWith(key + " = "))
                            .map(line -> line.substring(key.length() + 3))
                            .toList();
                    assertThat(document.answer()).isEqualTo(values.get(values.size() - 1));
                    assertThat(task.equals("latest") || values.size() == 1).isTrue();
                }
            }
            for (Document document : documents(suite, "needle")) {
                String key = groups("code of (\\w+)\\?\n$", document.prompt()).get(0);
                assertThat(groups("The code of " + key + " is (\\w+)\\.", document.prompt()))
                        .containsExactly(document.answer());
            }
        }
    }

    @Test
    void aContextHasTheLengthAskedFor() {
        for (int length : List.of(128, 256, 1_024, 4_096, 32_768, 131_072)) {
            for (int index = 0; index < 30; index++) {
                int bytes = ContextSuite.ofLength(length, length)
                        .document(3, index)
                        .text()
                        .length();
                assertThat(bytes).isLessThanOrEqualTo(length).isGreaterThan(length - 120);
            }
        }
    }

    /** The arguments of a call are words of the request, so that only copying can give them. */
    @Test
    void everyArgumentOfACallStandsInTheRequest() {
        for (Document document : documents(Suites.named("tool-use"), "call")) {
            String request = groups("User: (.*)\n$", document.prompt()).get(0);
            Matcher values = Pattern.compile("\"[a-z]+\":(?:\"([^\"]*)\"|(\\d+))[,}]")
                    .matcher(document.answer().substring(document.answer().indexOf("arguments")));
            int found = 0;
            while (values.find()) {
                String value = values.group(1) != null ? values.group(1) : values.group(2);
                assertThat(request).matches(".*\\b" + value + "\\b.*");
                found++;
            }
            assertThat(found).isPositive();
        }
    }
}

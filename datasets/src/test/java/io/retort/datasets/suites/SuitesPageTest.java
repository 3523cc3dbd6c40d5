package io.retort.datasets.suites;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.datasets.corpus.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The examples of docs/suites.md are documents of seed 1. Since the page was written once, this also holds the
 * generators to what they made then: a change of theirs changes every corpus and shows here.
 */
class SuitesPageTest {

    private static final Pattern PART = Pattern.compile(
            "(?m)^## (\\S+)$|^Seed 1, document (\\d+):\\n\\n```text\\n((?s:.*?))>>>\\n((?s:.*?))\\n```$");

    @Test
    void theExamplesOfThePageAreWhatTheSuitesMake() throws IOException {
        Matcher parts = PART.matcher(Files.readString(page()));
        Optional<Suite> suite = Optional.empty();
        TreeSet<String> shown = new TreeSet<>();
        while (parts.find()) {
            if (parts.group(1) != null) {
                suite = Optional.of(Suites.named(parts.group(1)));
                continue;
            }
            Document document = suite.orElseThrow().document(1, Long.parseLong(parts.group(2)));
            assertThat(document.prompt()).isEqualTo(parts.group(3));
            assertThat(document.answer()).isEqualTo(parts.group(4));
            shown.add(document.domain() + " " + document.task());
        }
        TreeSet<String> all = new TreeSet<>();
        for (Suite each : Suites.all()) {
            each.tasks().forEach(task -> all.add(each.domain() + " " + task));
        }
        assertThat(shown).isEqualTo(all);
    }

    private static Path page() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("docs/suites.md"))) {
            Path parent = directory.getParent();
            if (parent == null) {
                throw new IllegalStateException("no docs/suites.md at or above the working directory");
            }
            directory = parent;
        }
        return directory.resolve("docs/suites.md");
    }
}

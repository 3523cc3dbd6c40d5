package io.retort.distill.students;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The family of docs/extending.md is the one that these tests compile, train and hold to the suite of all families. */
class ExtendingPageTest {

    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
    private static final int MOST_LINES = 150;

    @Test
    void theFamilyOfThePageIsTheOneThatIsTested() throws IOException {
        Path root = root();
        List<String> shown = new ArrayList<>();
        Matcher examples = EXAMPLE.matcher(Files.readString(root.resolve("docs/extending.md")));
        while (examples.find()) {
            shown.add(examples.group(1));
        }
        Path sources = root.resolve("distill-core/src/test/java/example");

        assertThat(shown)
                .containsExactly(
                        Files.readString(sources.resolve("LogBilinear.java")),
                        Files.readString(sources.resolve("LogBilinearTraining.java")));
        assertThat(String.join("", shown).lines().count()).isLessThan(MOST_LINES);
    }

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("docs/extending.md"))) {
            Path parent = directory.getParent();
            if (parent == null) {
                throw new IllegalStateException("no docs/extending.md at or above the working directory");
            }
            directory = parent;
        }
        return directory;
    }
}

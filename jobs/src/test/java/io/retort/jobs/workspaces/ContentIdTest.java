package io.retort.jobs.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContentIdTest {
    private record Setting(int steps, double alpha) {}

    @Test
    void theOrderOfMapEntriesDoesNotMatter() {
        Map<String, Object> one = new LinkedHashMap<>(Map.of("a", 1));
        one.put("b", new Setting(3, 0.5));
        Map<String, Object> other = new LinkedHashMap<>(Map.of("b", new Setting(3, 0.5)));
        other.put("a", 1);

        assertThat(ContentId.of("x", one)).isEqualTo(ContentId.of("x", other)).matches("[0-9a-f]{16}");
    }

    @Test
    void anyDifferenceGivesAnotherId() {
        assertThat(List.of(
                        ContentId.of("x", Map.of("a", new Setting(3, 0.5))),
                        ContentId.of("x", Map.of("a", new Setting(4, 0.5))),
                        ContentId.of("x", Map.of("b", new Setting(3, 0.5))),
                        ContentId.of("y", Map.of("a", new Setting(3, 0.5)))))
                .doesNotHaveDuplicates();
    }

    /** sha256 of {"a":1,"kind":"x"} as coreutils' sha256sum gives it. */
    @Test
    void theIdIsTheBeginningOfADigestOfCanonicalJson() {
        assertThat(ContentId.of("x", Map.of("a", 1))).isEqualTo("b556f5f15490e33b");
    }
}

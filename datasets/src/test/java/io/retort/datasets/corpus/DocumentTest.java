package io.retort.datasets.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentTest {
    @Test
    void theIdIsTheHashThatPythonComputesOverLengthPrefixedParts() {
        // hashlib.sha256(b"".join(len(p).to_bytes(4,"big")+p for p in [b"math",b"add",b"1+1=\n","zwei
        // ü".encode()])).hexdigest()[:32]
        assertThat(Document.of("math", "add", "1+1=\n", "zwei ü", List.of()).id())
                .isEqualTo("4f859127f97f53b753519cb01fa8bf63");
    }

    @Test
    void movingACharacterFromPromptToAnswerGivesAnotherId() {
        assertThat(Document.of("math", "add", "ab", "c", List.of()).id())
                .isNotEqualTo(Document.of("math", "add", "a", "bc", List.of()).id());
    }

    @Test
    void onePromptWithTwoAnswersStaysInOneSplit() {
        for (int i = 0; i < 1000; i++) {
            Document one = Document.of("math", "add", "prompt " + i, "one", List.of());
            Document two = Document.of("math", "sub", "prompt " + i, "two", List.of());
            assertThat(one.split()).isEqualTo(two.split());
        }
    }

    @Test
    void theSplitsHoldNinetyFiveAndFivePercent() {
        Map<Split, Integer> counts = new EnumMap<>(Split.class);
        int documents = 100_000;
        for (int i = 0; i < documents; i++) {
            counts.merge(
                    Document.of("language", "story", "", "text " + i, List.of()).split(), 1, Integer::sum);
        }
        // Five standard deviations of a binomial count are 5 * sqrt(100000 * 0.05 * 0.95) = 345.
        assertThat(counts.get(Split.VALIDATION)).isBetween(5000 - 345, 5000 + 345);
        assertThat(counts.get(Split.TEST)).isBetween(5000 - 345, 5000 + 345);
    }

    @Test
    void labelsReadBackAndUnknownOnesAreNamed() {
        for (Split split : Split.values()) {
            assertThat(Split.labelled(split.label())).isEqualTo(split);
        }
        assertThatThrownBy(() -> Split.labelled("dev"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"dev\"");
    }

    @Test
    void contentThatCouldNotBeTrainedOnOrStoredIsRefused() {
        assertThatThrownBy(() -> Document.of("math", "add", "p", "", List.of())).hasMessageContaining("empty");
        assertThatThrownBy(() -> Document.of("../math", "add", "p", "a", List.of()))
                .hasMessageContaining("../math");
        assertThatThrownBy(() -> Document.of("math", " ", "p", "a", List.of())).hasMessageContaining("task");
        assertThatThrownBy(() -> Document.of("math", "add", "p", "a", List.of("b")))
                .hasMessageContaining("choices");
        assertThatThrownBy(() -> Document.of("math", "add", "p\ud800", "a", List.of()))
                .hasMessageContaining("char 1");
        assertThatThrownBy(() -> Document.of("math", "add", "p", "\udc00\ud800", List.of()))
                .hasMessageContaining("answer");
        assertThat(Document.of("math", "add", "p", "\ud83d\ude00", List.of()).text())
                .isEqualTo("p\ud83d\ude00");
    }
}

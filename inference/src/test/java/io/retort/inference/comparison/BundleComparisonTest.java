package io.retort.inference.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.bundles.BundleException;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.SignatureCheck;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.bundles.Trust;
import io.retort.inference.comparison.ExpertChange.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BundleComparisonTest {
    private static ComparedBundle open(SortedMap<String, byte[]> files) {
        return ComparedBundle.open(new MemoryBundleSource(files), Trust.anyone(SignatureCheck.UNAVAILABLE));
    }

    private static SortedMap<String, byte[]> evaluated(List<String> experts, String evaluation) {
        SortedMap<String, byte[]> files = TinyBundle.files(experts);
        files.put(BundleNames.EVALUATION, evaluation.getBytes(StandardCharsets.UTF_8));
        return TinyBundle.seal(files, experts);
    }

    @Test
    void expertsAreAddedRemovedChangedOrTheSame() {
        // Expert i of a list has the weights of seed i.
        ComparedBundle before = open(TinyBundle.files(List.of("math", "coding", "chat")));
        ComparedBundle after = open(TinyBundle.files(List.of("math", "chat", "law")));
        BundleComparison comparison = new BundleComparison(before, after);
        assertThat(comparison.experts()).extracting(ExpertChange::id).containsExactly("math", "coding", "chat", "law");
        assertThat(comparison.experts())
                .extracting(ExpertChange::kind)
                .containsExactly(Kind.SAME, Kind.REMOVED, Kind.CHANGED, Kind.ADDED);
        ExpertChange chat = comparison.experts().get(2);
        assertThat(chat.weightsChanged()).isTrue();
        assertThat(chat.configChanged()).isFalse();
        assertThat(comparison.same()).isFalse();
        assertThat(comparison.routerChanged()).isTrue();
        assertThat(new BundleComparison(before, before).same()).isTrue();
        assertThat(new BundleComparison(before, before).routerChanged()).isFalse();
    }

    @Test
    void scoresAreFoundWhereverTheyStandAndSubtractedWhereBothHaveThem() {
        ComparedBundle before = open(evaluated(
                List.of("math"),
                "{\"level\": 0.95, \"retention\": {\"math\": {\"value\": 0.5, \"lower\": 0.4, \"upper\": 0.6, \"n\": 9},"
                        + " \"law\": {\"value\": null, \"lower\": 0, \"upper\": 1, \"undefined\": \"no document\"}},"
                        + " \"ensemble\": {\"mixed\": {\"value\": 1, \"lower\": 1, \"upper\": 1}}}"));
        ComparedBundle after = open(evaluated(
                List.of("math"),
                "{\"retention\": {\"math\": {\"value\": 0.75, \"lower\": 0.7, \"upper\": 0.8},"
                        + " \"chat\": {\"value\": 0.1, \"lower\": 0, \"upper\": 0.2}}}"));
        assertThat(before.scores().keySet()).containsExactly("ensemble.mixed", "retention.math");
        List<ScoreChange> scores = new BundleComparison(before, after).scores();
        assertThat(scores)
                .extracting(ScoreChange::name)
                .containsExactly("ensemble.mixed", "retention.chat", "retention.math");
        assertThat(scores.get(0).difference()).isEmpty();
        assertThat(scores.get(1).before()).isEmpty();
        assertThat(scores.get(2).before()).isEqualTo(Optional.of(new Score(0.5, 0.4, 0.6)));
        assertThat(scores.get(2).difference().orElse(Double.NaN)).isCloseTo(0.25, Offset.offset(1e-12));
    }

    @Test
    void anEvaluationThatIsNoJsonIsRefusedByName() {
        for (String evaluation : List.of("", "{", "[".repeat(100), "x")) {
            SortedMap<String, byte[]> files = evaluated(List.of("math"), evaluation);
            assertThatThrownBy(() -> open(files))
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("evaluation.json: expected");
        }
    }

    @Test
    void aBundleThatIsDamagedIsNotCompared() {
        SortedMap<String, byte[]> files = TinyBundle.files(List.of("math"));
        files.put(BundleNames.EVALUATION, "[]\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> open(files))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("SHA-256");
    }
}

package io.retort.distill.teachers.served;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retort.distill.teachers.TeacherComparison;
import io.retort.distill.teachers.TeacherComparison.Divergence;
import io.retort.distill.teachers.UnsuitableTeacherException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TeacherComparisonTest {
    private static final SyntheticModel ONE = new SyntheticModel(7, ByteIds.PLAIN);
    private static final SyntheticModel OTHER = new SyntheticModel(8, ByteIds.PLAIN);
    private static final List<int[]> TEXTS = List.of(
            ByteIds.PLAIN.encode("once upon a time"),
            ByteIds.PLAIN.encode("there was"),
            ByteIds.PLAIN.encode("a girl"));

    @Test
    void theDivergenceOfWholeDistributionsIsTheSumOverTheVocabulary() {
        double sum = 0;
        int tokens = 0;
        for (int[] text : TEXTS) {
            List<Integer> prefix = new ArrayList<>(List.of(256));
            for (int id : text) {
                float[] p = ONE.next(prefix);
                float[] q = OTHER.next(prefix);
                for (int v = 0; v < p.length; v++) {
                    sum += Math.exp(p[v]) * (p[v] - q[v]);
                }
                prefix.add(id);
                tokens++;
            }
        }

        Divergence found = TeacherComparison.compare(ONE, OTHER, TEXTS);

        assertThat(found.tokens()).isEqualTo(tokens);
        assertThat(found.klNatsPerToken()).isCloseTo(sum / tokens, within(1e-4));
        assertThat(found.low()).isLessThan(found.klNatsPerToken());
        assertThat(found.high()).isGreaterThan(found.klNatsPerToken());
        assertThat(TeacherComparison.compare(ONE, ONE, TEXTS).klNatsPerToken()).isCloseTo(0, within(1e-9));
    }

    @Test
    void aServerOfTheReferencesWeightsDiffersByNothingAndOneOfOthersByMuch() {
        SyntheticVllm vllm = new SyntheticVllm(ONE);
        try (LocalServer server = new LocalServer(vllm)) {
            try (ServedTeacher same = ServedTeacher.open(settings(server.url()), ByteIds.PLAIN)) {
                Divergence found = TeacherComparison.compare(ONE, same, TEXTS);
                assertThat(found.klNatsPerToken()).isCloseTo(0, within(1e-6));
                assertThat(found.largestDifference()).isLessThan(1e-6);
            }
            vllm.model = OTHER;
            try (ServedTeacher other = ServedTeacher.open(settings(server.url()), ByteIds.PLAIN)) {
                Divergence found = TeacherComparison.compare(ONE, other, TEXTS);
                // A lower bound of the whole divergence, by the data-processing inequality.
                double whole = TeacherComparison.compare(ONE, OTHER, TEXTS).klNatsPerToken();
                assertThat(found.klNatsPerToken()).isGreaterThan(0.1).isLessThanOrEqualTo(whole + 1e-6);
            }
        }
    }

    @Test
    void oneSequenceHasNoInterval() {
        assertThatThrownBy(() -> TeacherComparison.compare(ONE, OTHER, TEXTS.subList(0, 1)))
                .isInstanceOf(UnsuitableTeacherException.class)
                .hasMessageContaining("expected two sequences that both teachers score, found 1");
    }

    private static ServedSettings settings(URI url) {
        Traffic traffic = new Traffic(2, 3, Duration.ofSeconds(10), Duration.ofMillis(1), "");
        return new ServedSettings(url, ProtocolChoice.AUTO, "", 64, 0, traffic);
    }
}

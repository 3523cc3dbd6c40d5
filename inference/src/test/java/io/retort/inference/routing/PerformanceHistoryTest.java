package io.retort.inference.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.json.JsonException;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PerformanceHistoryTest {
    private static final List<String> EXPERTS = List.of("a", "b", "c");
    /** What a router would say of prompts that the first two know about as well. */
    private static final double[] BALANCED = {0.45, 0.40, 0.15};

    @Test
    void aBadSpellMovesTheChoiceAndItComesBackThoughNobodyAsksTheExpertMeanwhile() {
        PerformanceHistory history = new PerformanceHistory(3, 16);
        Random random = new Random(7);
        assertThat(chosen(history)).isZero();
        int asked = 0;
        while (chosen(history) == 0) {
            history.record(0, 0);
            asked++;
        }
        assertThat(asked).as("outcomes of the bad spell").isBetween(1, 16);
        // From here on the caller reports what the chosen expert does, and each is right in nine of ten.
        int others = 0;
        while (chosen(history) != 0) {
            history.record(chosen(history), random.nextInt(10) < 9 ? 1 : 0);
            assertThat(++others).as("outcomes until the spell is forgotten").isLessThanOrEqualTo(3 * 16);
        }
        assertThat(others).isGreaterThan(1);
    }

    @Test
    void noHistoryMovesTheRatioOfTwoExpertsByMoreThanAFactorOfTwo() {
        Random random = new Random(11);
        for (int trial = 0; trial < 200; trial++) {
            PerformanceHistory history = new PerformanceHistory(3, 1 + random.nextInt(300));
            for (int i = random.nextInt(2000); i > 0; i--) {
                int expert = random.nextInt(3);
                history.record(expert, expert == trial % 3 ? 1 : 0);
            }
            double[] adjusted = history.adjust(BALANCED);
            for (ExpertPerformance performance : history.explain()) {
                assertThat(performance.factor()).isBetween(0.5, 2.0);
            }
            assertThat(adjusted[0] + adjusted[1] + adjusted[2]).isCloseTo(1, within(1e-12));
            assertThat(adjusted[0] / adjusted[2]).isBetween(3 / 2.0, 3 * 2.0);
        }
    }

    @Test
    void whatIsReadBackGoesOnAsIfNothingHadHappened() {
        Random random = new Random(13);
        PerformanceHistory whole = new PerformanceHistory(3, 8);
        PerformanceHistory restarted = new PerformanceHistory(3, 8);
        for (int i = 0; i < 400; i++) {
            int expert = random.nextInt(20) == 0 ? 2 : random.nextInt(2);
            double quality = random.nextInt(5) / 4.0;
            whole.record(expert, quality);
            restarted.record(expert, quality);
            restarted = PerformanceHistoryJson.read(
                    JsonParser.parse(JsonWriter.compact(PerformanceHistoryJson.write(restarted, EXPERTS))
                            .getBytes(StandardCharsets.UTF_8)),
                    EXPERTS);
            assertThat(restarted.remembered()).isEqualTo(whole.remembered());
            assertThat(restarted.explain()).isEqualTo(whole.explain());
        }
    }

    @Test
    void whatIsNoHistoryOfTheseExpertsIsRefused() {
        String good = "{\"format\":\"retort-performance-history\",\"formatVersion\":1,\"window\":2,\"experts\":"
                + "{\"a\":[[4,1],[0,0.5]],\"b\":[],\"c\":[[1,0]]}}";
        assertThat(read(good).remembered().get(0)).containsExactly(new PastOutcome(4, 1), new PastOutcome(0, 0.5));
        for (String bad : List.of(
                good.replace("[4,1]", "[4,1.01]"),
                good.replace("[4,1]", "[4,-1]"),
                good.replace("[4,1]", "[-4,1]"),
                good.replace("[4,1]", "[0.5,1]"),
                good.replace("[4,1]", "[0,1]"),
                good.replace("[4,1]", "[6,1]"),
                good.replace("[4,1]", "[1e300,1]"),
                good.replace("[4,1]", "[4,1,1]"),
                good.replace("[4,1]", "\"4\""),
                good.replace("[4,1]", "[4,1],[3,1]"),
                good.replace("\"window\":2", "\"window\":0"),
                good.replace("\"window\":2", "\"window\":1000000"),
                good.replace("\"b\"", "\"other\""),
                good.replace("history\"", "histories\""),
                good.replace("Version\":1", "Version\":2"),
                "[]")) {
            assertThatThrownBy(() -> read(bad)).as(bad).isInstanceOf(JsonException.class);
        }
        for (int length = 0; length < good.length(); length++) {
            String cut = good.substring(0, length);
            assertThatThrownBy(() -> read(cut)).as(cut).isInstanceOf(JsonException.class);
        }
    }

    private static PerformanceHistory read(String json) {
        return PerformanceHistoryJson.read(JsonParser.parse(json.getBytes(StandardCharsets.UTF_8)), EXPERTS);
    }

    private static int chosen(PerformanceHistory history) {
        return Routing.ofLikeliest(EXPERTS, history.adjust(BALANCED), 1)
                .choices()
                .get(0)
                .index();
    }
}

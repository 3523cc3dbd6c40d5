package io.retort.inference.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.json.JsonException;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.tensors.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private static final RouterConfig CONFIG =
            new RouterConfig(List.of("a", "b"), new PromptFeatures(16, 8), 1, 3, new Calibration(1.25, -2.5, 0.05));

    @Test
    void theCalibrationOfARouterIsReadAsItWasWrittenAndARouterWithoutOneHasNone() {
        for (Calibration calibration :
                List.of(CONFIG.calibration(), Calibration.NONE, Calibration.NONE.withTemperature(0.7))) {
            RouterConfig config = CONFIG.withCalibration(calibration);
            assertThat(read(text(config))).isEqualTo(config);
        }
        assertThat(text(CONFIG.withCalibration(Calibration.NONE))).doesNotContain("calibration");
    }

    @Test
    void whatIsNoCalibrationIsRefused() {
        String good = text(CONFIG);
        for (String[] change : new String[][] {
            {"1.25", "0"},
            {"1.25", "-1"},
            {"1.25", "1e9"},
            {"1.25", "\"1\""},
            {"0.05", "0"},
            {"0.05", "1"},
            {"-2.5", "1e999"},
            {"\"unknownThreshold\":-2.5,", ""},
            {"\"temperature\":1.25,", ""},
        }) {
            assertThat(good).contains(change[0]);
            assertThatThrownBy(() -> read(good.replace(change[0], change[1])))
                    .as(change[0] + " to " + change[1])
                    .isInstanceOfAny(JsonException.class, IllegalArgumentException.class);
        }
    }

    /** With no weight but the output's bias the logits are 1 and 2: −ln(e + e²) = −2 − ln(1 + 1/e). */
    @Test
    void noveltyIsTheNegativeLogOfTheSumOfExponentials() {
        Router router = new Router(
                CONFIG,
                Map.of(
                        Router.HIDDEN_WEIGHT, new Tensor(Router.HIDDEN_WEIGHT, new int[] {1, 16}, new float[16]),
                        Router.HIDDEN_BIAS, new Tensor(Router.HIDDEN_BIAS, new int[] {1}, new float[1]),
                        Router.OUTPUT_WEIGHT, new Tensor(Router.OUTPUT_WEIGHT, new int[] {2, 1}, new float[2]),
                        Router.OUTPUT_BIAS, new Tensor(Router.OUTPUT_BIAS, new int[] {2}, new float[] {1, 2})));
        byte[] prompt = {'p'};
        double expected = -2 - Math.log1p(Math.exp(-1));
        assertThat(router.noveltyScore(prompt)).isCloseTo(expected, within(1e-12));
        Routing routing = router.route(prompt);
        assertThat(routing.novelty().orElseThrow().score()).isCloseTo(expected, within(1e-12));
        assertThat(routing.isUnknown()).as("-2.31 is beyond -2.5").isTrue();
        Calibration lax = new Calibration(1, -2.3, 0.01);
        assertThat(router.withCalibration(lax).route(prompt).isUnknown()).isFalse();
        Routing untold = router.withCalibration(Calibration.NONE).route(prompt);
        assertThat(untold.novelty()).isEmpty();
        assertThat(untold.isUnknown()).isFalse();
    }

    private static String text(RouterConfig config) {
        return JsonWriter.compact(RouterConfigJson.write(config));
    }

    private static RouterConfig read(String json) {
        return RouterConfigJson.read(JsonParser.parse(json.getBytes(StandardCharsets.UTF_8)));
    }
}

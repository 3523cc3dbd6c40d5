package io.retort.eval.controls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.ScoringRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnigramByteModelTest {
    @Test
    void scoresEachByteByItsFrequencyWhateverCameBefore() {
        UnigramByteModel model = new UnigramByteModel();
        model.update("aab");
        // Counts a 2, b 1, end 1 of 4; one half is added to each of 257: p(a) = 2.5 / 132.5 and so on.
        double expected = Math.log(2.5 / 132.5) + Math.log(0.5 / 132.5) + Math.log(1.5 / 132.5);
        assertThat(logLikelihood(model, "", "az")).isCloseTo(expected, within(1e-12));
        assertThat(logLikelihood(model, "anything", "az")).isEqualTo(logLikelihood(model, "", "az"));
    }

    @Test
    void countsInPartsGiveTheSameModel() {
        UnigramByteModel whole = new UnigramByteModel();
        UnigramByteModel part = new UnigramByteModel();
        UnigramByteModel other = new UnigramByteModel();
        List.of("one", "two").forEach(whole::update);
        part.update("two");
        other.update("one");
        part.merge(other);
        assertThat(logLikelihood(part, "", "town")).isEqualTo(logLikelihood(whole, "", "town"));
    }

    private static double logLikelihood(UnigramByteModel model, String context, String continuation) {
        return model.scoring()
                .logLikelihoods(List.of(new ScoringRequest(
                        context.getBytes(StandardCharsets.UTF_8),
                        continuation.getBytes(StandardCharsets.UTF_8),
                        Ending.END)))[0];
    }
}

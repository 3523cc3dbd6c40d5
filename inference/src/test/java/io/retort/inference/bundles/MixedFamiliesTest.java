package io.retort.inference.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.Answer;
import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.routing.ExpertChoice;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.ScoringRequest;
import io.retort.inference.students.FeedForwardConfig;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentShape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** One bundle whose experts are of all families. */
class MixedFamiliesTest {
    private static final List<String> EXPERTS = List.of("a", "b", "c");
    private static final List<StudentShape> SHAPES = List.of(
            TinyBundle.config(),
            new StudentConfig(Alphabet.SIZE, 4, 3, StudentConfig.layers(StudentConfig.RECURRENT, Positions.FORGET)),
            new FeedForwardConfig(Alphabet.SIZE, 3, 4, 5));

    private final SortedMap<String, byte[]> files = TinyBundle.files(EXPERTS, SHAPES);

    @Test
    void itRoutesAndGeneratesWithAllOfThemTogether() {
        Retort retort = new Retort(Bundle.open(new MemoryBundleSource(files)));

        assertThat(retort.bundle().manifest().experts())
                .extracting(ExpertEntry::family)
                .containsExactly("recurrent-attention", "recurrent", "feed-forward");
        byte[] prompt = "2+2=".getBytes(StandardCharsets.US_ASCII);
        Answer routed = retort.generate(prompt, new GenerationLimits(30));
        assertThat(routed.routing().choices()).hasSizeBetween(1, 3);
        Answer uniform = retort.generate(
                prompt,
                GenerationOptions.greedy(new GenerationLimits(30)),
                new ExpertSelection.Uniform(),
                ByteListener.NONE);
        assertThat(uniform.routing().choices())
                .extracting(ExpertChoice::expert)
                .containsExactlyInAnyOrderElementsOf(EXPERTS);
        // What three models say together is the mean of what each says of the first symbol.
        ScoringRequest request = new ScoringRequest(prompt, new byte[] {'4'}, Ending.OPEN);
        double mean = 0;
        List<Double> each = new ArrayList<>();
        for (String expert : EXPERTS) {
            each.add(retort.logLikelihoods(List.of(request), new ExpertSelection.Fixed(expert))[0]);
            mean += Math.exp(each.get(each.size() - 1)) / 3;
        }
        assertThat(each).doesNotHaveDuplicates();
        assertThat(retort.logLikelihoods(List.of(request), new ExpertSelection.Uniform())[0])
                .isCloseTo(Math.log(mean), within(1e-5));
    }

    @Test
    void aFamilyThatTheRuntimeDoesNotHaveIsNamedWithThoseItHas() {
        SortedMap<String, byte[]> one = TinyBundle.files(List.of("c"));
        String config = new String(one.getOrDefault(BundleNames.config("c"), new byte[0]), StandardCharsets.UTF_8);
        one.put(
                BundleNames.config("c"),
                config.replace("recurrent-attention", "transformer").getBytes(StandardCharsets.UTF_8));
        TinyBundle.seal(one, List.of("c"));

        assertThatThrownBy(() -> Bundle.open(new MemoryBundleSource(one)))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("experts/c.json: expected a student family of recurrent-attention, recurrent,"
                        + " attention, feed-forward, found transformer");
    }
}

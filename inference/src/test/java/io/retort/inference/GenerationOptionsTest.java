package io.retort.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.Generation;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.Sampling;
import io.retort.inference.scoring.ScoringRequest;
import io.retort.inference.scoring.StopReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GenerationOptionsTest {
    private static final byte[] PROMPT = "Tom\n".getBytes(StandardCharsets.US_ASCII);
    private static final GenerationOptions DRAWN =
            GenerationOptions.greedy(new GenerationLimits(40)).sampled(new Sampling(1, 1), 3);

    private final Retort retort =
            new Retort(Bundle.open(new MemoryBundleSource(TinyBundle.files(List.of("a", "b", "c", "d")))));

    /** What was given back; the listener is told the same. */
    private Generation generate(GenerationOptions options) {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        Generation generation = retort.generate(PROMPT, options, ExpertSelection.routed(), value -> {
                    told.write(value);
                    return true;
                })
                .generation();
        assertThat(told.toByteArray()).isEqualTo(generation.bytes());
        return generation;
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A drawn answer of printable characters, so that any part of it is a text to stop at. */
    private GenerationOptions printable() {
        for (long seed = 0; seed < 1000; seed++) {
            GenerationOptions options = DRAWN.sampled(new Sampling(1, 1), seed);
            String text = latin(generate(options).bytes());
            if (text.length() >= 12 && text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
                return options;
            }
        }
        throw new AssertionError("expected a printable answer of twelve bytes among a thousand");
    }

    @Test
    void theSeedDecidesWhatIsDrawn() {
        Set<String> texts = new HashSet<>();
        int scored = 0;
        for (long seed = 0; seed < 20; seed++) {
            GenerationOptions options = DRAWN.sampled(new Sampling(1, 1), seed);
            Generation generation = generate(options);
            assertThat(generate(options).bytes()).isEqualTo(generation.bytes());
            texts.add(latin(generation.bytes()));
            Ending ending = generation.stop() == StopReason.END_OF_TEXT ? Ending.END : Ending.OPEN;
            double score = retort.logLikelihood(new ScoringRequest(PROMPT, generation.bytes(), ending));
            scored += Math.abs(score - generation.logLikelihood()) < 1e-9 ? 1 : 0;
        }
        assertThat(texts).hasSizeGreaterThan(15);
        // The others draw an escape of a byte that has a symbol of its own, which a text is never scored with.
        assertThat(scored).isGreaterThan(5);
    }

    @Test
    void drawingAmongOneIsGreedy() {
        byte[] greedy = retort.generate(PROMPT, DRAWN.limits()).generation().bytes();
        assertThat(generate(DRAWN.sampled(new Sampling(1, 1, 1), 5)).bytes()).isEqualTo(greedy);
        assertThat(generate(DRAWN.sampled(new Sampling(1, 1e-9), 5)).bytes()).isEqualTo(greedy);
    }

    @Test
    void endsBeforeATextToStopAt() {
        GenerationOptions options = printable();
        String whole = latin(generate(options).bytes());
        for (int from = 0; from < whole.length() - 3; from++) {
            String stop = whole.substring(from, from + 3);
            Generation stopped = generate(options.stoppingAt("never there", stop, stop + "~~"));
            assertThat(latin(stopped.bytes())).isEqualTo(whole.substring(0, whole.indexOf(stop)));
            assertThat(stopped.stop()).isEqualTo(StopReason.STOP_TEXT);
        }
    }

    @Test
    void whatOnlyBeginsLikeAStopIsPartOfTheAnswer() {
        GenerationOptions options = printable();
        Generation whole = generate(options);
        String text = latin(whole.bytes());
        String[] nearly = new String[4];
        for (int i = 0; i < nearly.length; i++) {
            nearly[i] = text.substring(text.length() - 3 - i) + "\u0001";
        }
        Generation same = generate(options.stoppingAt(nearly));
        assertThat(same.bytes()).isEqualTo(whole.bytes());
        assertThat(same.stop()).isEqualTo(whole.stop());
    }

    @Test
    void aListenerThatWantsNoMoreEndsIt() {
        byte[] whole = generate(DRAWN).bytes();
        assertThat(whole.length).isGreaterThan(5);
        for (int most = 1; most < whole.length; most++) {
            int wanted = most;
            ByteArrayOutputStream told = new ByteArrayOutputStream();
            Generation cut = retort.generate(PROMPT, DRAWN, ExpertSelection.routed(), value -> {
                        told.write(value);
                        return told.size() < wanted;
                    })
                    .generation();
            assertThat(cut.bytes()).isEqualTo(Arrays.copyOf(whole, most)).isEqualTo(told.toByteArray());
            assertThat(cut.stop()).isEqualTo(StopReason.CANCELLED);
        }
    }

    @Test
    void whatWasHeldBackForAStopIsNotPartOfACancelledAnswer() {
        GenerationOptions options = printable();
        String whole = latin(generate(options).bytes());
        for (int from = 1; from < whole.length() - 3; from++) {
            String nearly = whole.substring(from, from + 3) + "\u0001";
            for (int most = 1; most < whole.length(); most++) {
                int wanted = most;
                ByteArrayOutputStream told = new ByteArrayOutputStream();
                Generation cut = retort.generate(
                                PROMPT, options.stoppingAt(nearly), ExpertSelection.routed(), value -> {
                                    told.write(value);
                                    return told.size() < wanted;
                                })
                        .generation();
                assertThat(cut.bytes()).isEqualTo(told.toByteArray());
                assertThat(latin(cut.bytes())).isEqualTo(whole.substring(0, most));
                assertThat(cut.stop()).isEqualTo(StopReason.CANCELLED);
            }
        }
    }

    @Test
    void refusesStopsThatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DRAWN.stoppingAt(""))
                .withMessageStartingWith("expected at most 16 texts to stop at, none of them empty");
    }
}

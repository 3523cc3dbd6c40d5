package io.retort.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.Sampling;
import io.retort.inference.scoring.StopReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerWritingTest {
    private static final byte[] PROMPT = "Größe of 2+2=\n".getBytes(StandardCharsets.UTF_8);
    private static final GenerationOptions OPTIONS = GenerationOptions.greedy(new GenerationLimits(50))
            .sampled(new Sampling(1.2, 0.98, 60), 11)
            .stoppingAt("never to be written");

    private final Retort retort =
            new Retort(Bundle.open(new MemoryBundleSource(TinyBundle.files(List.of("a", "b", "c")))));

    private AnswerWriting begin(byte[] prompt, GenerationOptions options, ByteListener listener) {
        return retort.begin(prompt, options, ExpertSelection.routed(), listener);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void anAnswerIsTheSameHoweverItIsCut(int symbols) {
        for (byte[] prompt : new byte[][] {PROMPT, {}}) {
            ByteArrayOutputStream told = new ByteArrayOutputStream();
            AnswerWriting writing = begin(prompt, OPTIONS, value -> {
                told.write(value);
                return true;
            });
            while (writing.advance(symbols)) {
                assertThat(told.size()).isLessThan(50);
            }
            Answer whole = retort.generate(prompt, OPTIONS, ExpertSelection.routed(), ByteListener.NONE);
            Answer cut = writing.answer();
            assertThat(cut.generation().bytes())
                    .isEqualTo(whole.generation().bytes())
                    .isEqualTo(told.toByteArray());
            assertThat(cut.generation().stop()).isEqualTo(whole.generation().stop());
            assertThat(cut.generation().logLikelihood())
                    .isEqualTo(whole.generation().logLikelihood());
            assertThat(cut.routing()).isEqualTo(whole.routing());
        }
    }

    /** A prompt of n symbols is read in n steps, for the start of the text is read with the first symbol of the answer. */
    @Test
    void nothingIsWrittenWhileThePromptIsRead() {
        byte[] prompt = "abcdef\n".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        GenerationOptions one = GenerationOptions.greedy(new GenerationLimits(1));
        AnswerWriting writing = begin(prompt, one, value -> {
            told.write(value);
            return true;
        });
        assertThat(writing.advance(prompt.length)).isTrue();
        assertThat(told.size()).isZero();
        writing.advance(3);
        assertThat(writing.advance(1)).isFalse();
        assertThat(told.toByteArray()).isEqualTo(writing.answer().generation().bytes());
    }

    @Test
    void aCancelledAnswerIsWhatWasWrittenSoFar() {
        byte[] whole = retort.generate(PROMPT, OPTIONS, ExpertSelection.routed(), ByteListener.NONE)
                .generation()
                .bytes();
        AnswerWriting writing = begin(PROMPT, OPTIONS, ByteListener.NONE);
        // 12 plain bytes and four that are escaped with three symbols each, then ten symbols of the answer.
        assertThat(writing.advance(12 + 12 + 10)).isTrue();
        writing.cancel();
        writing.cancel();
        assertThat(writing.advance(1000)).isFalse();
        byte[] begun = writing.answer().generation().bytes();
        assertThat(writing.answer().generation().stop()).isEqualTo(StopReason.CANCELLED);
        assertThat(begun.length).isBetween(1, 10);
        assertThat(new String(whole, StandardCharsets.ISO_8859_1))
                .startsWith(new String(begun, StandardCharsets.ISO_8859_1));
    }

    @Test
    void anAnswerIsAskedForOnceItHasEndedAndNoSooner() {
        AnswerWriting writing = begin(PROMPT, OPTIONS, ByteListener.NONE);
        writing.advance(1);
        assertThatThrownBy(writing::answer)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("goes on");
        assertThatThrownBy(() -> writing.advance(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 0");
    }

    @Test
    void aConstraintThatFailsAsItStartsLeavesNothingInMemory() {
        GenerationOptions failing = OPTIONS.under(() -> {
            throw new IllegalStateException("no start");
        });
        assertThatThrownBy(() -> begin(PROMPT, failing, ByteListener.NONE)).hasMessage("no start");
        assertThat(retort.memoryUsage().textBytes()).isZero();
        assertThatThrownBy(() -> retort.generate(PROMPT, failing, ExpertSelection.routed(), ByteListener.NONE))
                .hasMessage("no start");
        assertThat(retort.memoryUsage().textBytes()).isZero();

        try (Session session = retort.session(PROMPT)) {
            byte[] expected =
                    session.generate(OPTIONS, ByteListener.NONE).generation().bytes();
            try (Session again = retort.session(PROMPT)) {
                assertThatThrownBy(() -> again.begin(failing, ByteListener.NONE))
                        .hasMessage("no start");
                assertThat(again.generate(OPTIONS, ByteListener.NONE)
                                .generation()
                                .bytes())
                        .isEqualTo(expected);
            }
        }
        assertThat(retort.memoryUsage().textBytes()).isZero();
    }

    @Test
    void anAnswerThatHasFailedDoesNotGoOnAndHoldsNothing() {
        List<Byte> told = new ArrayList<>();
        AnswerWriting writing = begin(PROMPT, OPTIONS, value -> {
            told.add(value);
            if (told.size() == 3) {
                throw new IllegalStateException("listener");
            }
            return true;
        });
        assertThatThrownBy(() -> writing.advance(1000)).hasMessage("listener");
        assertThat(retort.memoryUsage().textBytes()).isZero();
        assertThat(writing.advance(1000)).isFalse();
        writing.close();
        assertThat(told).hasSize(3);
        assertThat(retort.memoryUsage().textBytes()).isZero();
        assertThatThrownBy(writing::answer)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("found one that failed");
    }

    @Test
    void aListenerMayCancelTheAnswerThatItHears() {
        List<Byte> told = new ArrayList<>();
        List<AnswerWriting> writing = new ArrayList<>();
        writing.add(begin(PROMPT, OPTIONS, value -> {
            told.add(value);
            if (told.size() == 3) {
                writing.get(0).cancel();
            }
            return true;
        }));
        assertThat(writing.get(0).advance(1000)).isFalse();
        assertThat(told).hasSize(3);
        assertThat(writing.get(0).answer().generation().bytes()).hasSize(3);
        assertThat(writing.get(0).answer().generation().stop()).isEqualTo(StopReason.CANCELLED);
        assertThat(retort.memoryUsage().textBytes()).isZero();
    }
}

package io.retort.inference.ensembles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.retort.inference.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TextOptionsTest {
    private static final TextOptions SLIDING = TextOptions.STANDARD.upTo(100).with(LongPrompt.SLIDE);

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void asMuchOfTheEndIsKeptAsHasRoomBesideTheAnswer() {
        // 100 symbols less the start and the answer's three a byte, of which it gets 11 at most.
        assertThat(SLIDING.dropped(utf8("x".repeat(93)), 2)).isZero();
        assertThat(SLIDING.dropped(utf8("x".repeat(94)), 2)).isEqualTo(1);
        assertThat(SLIDING.dropped(utf8("x".repeat(500)), 1000)).isEqualTo(500 - 88);
        assertThat(SLIDING.dropped(new byte[0], 1000)).isZero();
    }

    @Test
    void noCharacterIsCutInTwo() {
        // Of 30 characters of three bytes, nine symbols each, nine have room in 88 symbols; the rest of it is less than
        // one.
        byte[] prompt = utf8("\u20AC".repeat(30));
        int dropped = SLIDING.dropped(prompt, 1000);
        assertThat(dropped).isEqualTo(63);
        for (int size = 1; size < 200; size++) {
            byte[] mixed = utf8("a\u00E9\u20AC\uD83D\uDE00".repeat(size) + "b".repeat(size % 7));
            int from = SLIDING.dropped(mixed, 5);
            byte[] kept = Arrays.copyOfRange(mixed, from, mixed.length);
            assertThat(Utf8.firstInvalid(kept)).isEqualTo(-1);
            assertThat(TextReader.symbolsOf(kept)).isLessThanOrEqualTo(100 - 11);
            assertThat(from == 0 || TextReader.symbolsOf(kept) > 100 - 11 - 12).isTrue();
        }
    }

    @Test
    void whatIsNoTextLosesNoMoreThanACharacterMore() {
        byte[] prompt = new byte[400];
        Arrays.fill(prompt, (byte) 0x80);
        assertThat(SLIDING.dropped(prompt, 1000)).isBetween(400 - 29, 400 - 29 + 3);
    }

    @Test
    void whatIsToBeRefusedIsLeftAsItIs() {
        assertThat(SLIDING.with(LongPrompt.REFUSE).dropped(utf8("x".repeat(500)), 10))
                .isZero();
    }

    @Test
    void lengthsThatNobodyCanReadAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TextOptions.STANDARD.upTo(442_369))
                .withMessageContaining("of 64 to 442368 symbols, found 442369");
        assertThatIllegalArgumentException().isThrownBy(() -> TextOptions.STANDARD.upTo(63));
    }
}

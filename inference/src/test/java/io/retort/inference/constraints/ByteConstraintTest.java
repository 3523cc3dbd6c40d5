package io.retort.inference.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteConstraintTest {
    private static final String ALPHABET = "abc";

    /** All texts over three letters, up to four of them, that may end where they end. */
    private static List<String> texts(TextState start) {
        List<String> texts = new ArrayList<>();
        collect(start, "", texts);
        return texts;
    }

    private static void collect(TextState state, String text, List<String> texts) {
        if (state.complete()) {
            texts.add(text);
        }
        for (int i = 0; i < ALPHABET.length() && text.length() < 4; i++) {
            TextState next = state.next(ALPHABET.charAt(i));
            if (!next.refused()) {
                collect(next, text + ALPHABET.charAt(i), texts);
            }
        }
    }

    private static TextState literals(String... texts) {
        return Literals.of(List.of(texts));
    }

    @Test
    void literalsAreTheTextsOfTheList() {
        TextState literals = literals("ca", "ab", "a", "abc", "ab");
        assertThat(texts(literals)).containsExactly("a", "ab", "abc", "ca");
        assertThat(literals.shortest()).isEqualTo(1);
        assertThat(literals.next('c').shortest()).isEqualTo(1);
        assertThat(literals.next('b').refused()).isTrue();
        assertThat(literals.closed()).isFalse();
        assertThat(literals.next('c').next('a').closed()).isTrue();
    }

    @Test
    void someOfAListShareItAndKeepTheirPlaces() {
        Literals list = Literals.of(List.of("b", "ab", "a", "ca"));
        assertThat(texts(list.startAmong(1, 3))).containsExactly("a", "ab");
        assertThat(texts(list.startAmong(0, 2))).containsExactly("ab", "b");
        assertThat(texts(list.startAmong(3, 4))).containsExactly("ca");
        assertThat(list.startAmong(3, 4).next('a').refused()).isTrue();
        assertThat(((Literals) list.startAmong(1, 3).next('a').next('b')).index())
                .isEqualTo(1);
        assertThat(list.startAmong(1, 2).next('a').complete()).isFalse();
        assertThat(list.startAmong(2, 4).shortest(place -> place == 2 ? 9 : 0)).isEqualTo(2);
        assertThatIllegalArgumentException().isThrownBy(() -> list.startAmong(2, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> list.startAmong(0, 5));
    }

    @Test
    void literalsBeyondAsciiAreTheirUtf8() {
        TextState state = literals("é", "è");
        for (byte b : "é".getBytes(StandardCharsets.UTF_8)) {
            assertThat(state.complete()).isFalse();
            state = state.next(b & 0xFF);
        }
        assertThat(state.closed()).isTrue();
    }

    @Test
    void eitherIsTheUnion() {
        assertThat(texts(Either.of(List.of(literals("ab", "b"), literals("ab", "ac"), TextState.REFUSED))))
                .containsExactly("ab", "ac", "b");
        assertThat(Either.of(List.of(literals("abc"), literals("b"))).shortest())
                .isEqualTo(1);
        assertThat(Either.of(List.of(TextState.REFUSED)).refused()).isTrue();
    }

    @Test
    void aSequenceFollowsBothReadingsOfAByte() {
        TextState ended = literals("a", "ab");
        assertThat(texts(Sequence.of(ended, () -> literals("b", "c")))).containsExactly("ab", "abb", "abc", "ac");
        assertThat(Sequence.of(ended, () -> literals("bb")).shortest()).isEqualTo(3);
        assertThat(Sequence.of(TextState.REFUSED, () -> literals("b")).refused())
                .isTrue();
    }

    @Test
    void anyBytesMayHaveARefusedBeginning() {
        TextState state = AnyBytes.notBeginningWith('a');
        assertThat(state.complete()).isTrue();
        assertThat(state.next('a').refused()).isTrue();
        assertThat(state.next(0xFF).next('a').complete()).isTrue();
        assertThat(ByteConstraint.NONE.start().next('a').closed()).isFalse();
    }

    @Test
    void nothingFollowsARefusal() {
        assertThat(TextState.REFUSED.next('a').refused()).isTrue();
        assertThat(TextState.REFUSED.complete()).isFalse();
        assertThat(TextState.ENDED.closed()).isTrue();
        assertThat(TextState.ENDED.refused()).isFalse();
    }
}

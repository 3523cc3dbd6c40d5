package io.retort.inference.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.conversations.DroppedTurn.Extent;
import io.retort.inference.ensembles.TextOptions;
import io.retort.inference.ensembles.TextReader;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.tools.ToolChoice;
import io.retort.inference.tools.ToolOptions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContextWindowTest {
    private static final Conversation TALK =
            Conversation.of("PIN\n").with("first\n").with("next\n").with("last\n");

    private static ContextWindow window(int symbols) {
        return new ContextWindow(symbols + 10, 10, LongTurn.REFUSE);
    }

    @Test
    void whatFitsIsGivenWhole() {
        // the start, and 4 + 6 + 5 + 5 characters
        FittedText text = window(21).fit(TALK);
        assertThat(text.text()).isEqualTo("PIN\nfirst\nnext\nlast\n");
        assertThat(text.symbols()).isEqualTo(21);
        assertThat(text.dropped()).isEmpty();
    }

    @Test
    void wholeTurnsAreLeftOutOldestFirstAndTold() {
        FittedText text = window(20).fit(TALK);
        assertThat(text.text()).isEqualTo("PIN\nnext\nlast\n");
        assertThat(text.symbols()).isEqualTo(15);
        assertThat(text.dropped()).containsExactly(new DroppedTurn(0, 6, Extent.WHOLE));
        assertThat(window(14).fit(TALK).text()).isEqualTo("PIN\nlast\n");
        assertThat(window(14).fit(TALK).dropped())
                .containsExactly(new DroppedTurn(0, 6, Extent.WHOLE), new DroppedTurn(1, 5, Extent.WHOLE));
    }

    @Test
    void anOlderTurnThatWouldFitIsNotTakenPastOneThatDoesNot() {
        Conversation talk = Conversation.of("").with("a\n").with("a long one\n").with("b\n");
        assertThat(window(8).fit(talk).text()).isEqualTo("b\n");
    }

    @Test
    void aNewestTurnThatIsTooLongIsRefusedWithItsSizes() {
        assertThatThrownBy(() -> window(8).fit(TALK))
                .isInstanceOf(ContextException.class)
                .hasMessage(
                        "expected a newest turn of at most 3 symbols (a window of 18 with 10 for the answer, less the"
                                + " pinned text), found 5");
    }

    @Test
    void orItsStartIsCutInWholeCharacters() {
        Conversation talk = Conversation.of("PIN\n").with("old\n").with("aé😀z\n");
        ContextWindow window = new ContextWindow(25, 10, LongTurn.CUT_START);
        // 10 symbols are free; "z\n" has 2, the emoji's four bytes would take 12 more
        FittedText text = window.fit(talk);
        assertThat(text.text()).isEqualTo("PIN\nz\n");
        assertThat(text.dropped())
                .containsExactly(new DroppedTurn(0, 4, Extent.WHOLE), new DroppedTurn(1, 19, Extent.START));
        assertThat(new ContextWindow(29, 10, LongTurn.CUT_START).fit(talk).text())
                .isEqualTo("PIN\n😀z\n");
        Conversation wide = Conversation.of("PIN\n").with("😀");
        assertThatThrownBy(() -> window.fit(wide))
                .hasMessageContaining("at most 10 symbols")
                .hasMessageEndingWith("found 12");
    }

    @Test
    void aPinnedTextThatIsTooLongIsRefusedWithItsSizes() {
        assertThat(window(5).fit(Conversation.of("PIN\n")).symbols()).isEqualTo(5);
        assertThatThrownBy(() -> window(4).fit(Conversation.of("PIN\n")))
                .isInstanceOf(ContextException.class)
                .hasMessage(
                        "expected a pinned text of at most 3 symbols (a window of 14 with 10 for the answer), found 4");
    }

    @Test
    void theSymbolsAreThoseThatTheModelReadsAndNeverPassTheWindow() {
        Random random = new Random(2);
        for (int i = 0; i < 2000; i++) {
            Conversation talk = Conversation.of("é".repeat(random.nextInt(5)));
            for (int turns = random.nextInt(6); turns > 0; turns--) {
                talk = talk.with(
                        List.of("a", "é", "\u0001😀").get(random.nextInt(3)).repeat(random.nextInt(9)) + "\n");
            }
            ContextWindow window = new ContextWindow(80 + random.nextInt(200), 20, LongTurn.CUT_START);
            FittedText text = window.fit(talk);
            assertThat(text.symbols())
                    .isEqualTo(TextReader.symbolsOf(text.prompt()))
                    .isLessThanOrEqualTo(window.symbols() - 20);
            int whole = TextReader.symbolsOf(
                    new FittedText(talk.pinned() + String.join("", talk.turns()), 0, List.of()).prompt());
            int left = text.dropped().stream().mapToInt(DroppedTurn::symbols).sum();
            assertThat(text.symbols() + left).isEqualTo(whole);
        }
    }

    @Test
    void theLargestWindowIsAllThatItsRuntimeReads() {
        TextOptions texts = TextOptions.STANDARD;
        assertThat(ContextWindow.largest(texts.upTo(100_000), 10).symbols()).isEqualTo(100_000);
        assertThat(ContextWindow.largest(texts.upTo(64), 10).symbols()).isEqualTo(64);
        GenerationOptions generation = GenerationOptions.greedy(new GenerationLimits(20));
        assertThat(ToolOptions.of(generation, ToolChoice.MODEL, texts.upTo(100_000))
                        .window())
                .isEqualTo(new ContextWindow(100_000, 60, LongTurn.REFUSE));
        assertThat(ToolOptions.of(generation, ToolChoice.MODEL).window().symbols())
                .isEqualTo(36_864);
    }

    @Test
    void refusesWindowsThatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ContextWindow(10, 10, LongTurn.REFUSE));
        assertThatIllegalArgumentException().isThrownBy(() -> new ContextWindow(442_369, 10, LongTurn.REFUSE));
    }
}

package io.retort.distill.continuations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import io.retort.distill.teachers.DrawnText;
import io.retort.distill.teachers.DrawnText.End;
import io.retort.inference.Retort;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentContinuationTest {
    private static final ContinuationSettings SETTINGS = new ContinuationSettings(1, 1, 2, 100, .5, 7);
    private static final Document SUM = Document.of("math", "add", "2 + 2 =", " 4", List.of(" 4", " 5"));
    private static final Document STORY = Document.of("language", "story", "", "Ünder the sea.", List.of());

    /** Writes what it is told, and keeps what it was asked. */
    private static final class Scripted implements Author {
        private final List<DrawnText> script;
        private List<String> prompts = List.of();
        private List<Long> seeds = List.of();

        Scripted(DrawnText... script) {
            this.script = List.of(script);
        }

        @Override
        public List<DrawnText> write(List<Prompt> asked, long[] drawn, Sampling sampling, GenerationLimits limits) {
            prompts = asked.stream()
                    .map(prompt -> prompt.text() + (prompt.kind() == Prompt.Kind.HEAD ? "…" : ""))
                    .toList();
            List<Long> all = new ArrayList<>();
            for (long seed : drawn) {
                all.add(seed);
            }
            seeds = all;
            return script;
        }
    }

    private static DrawnText text(String text, End end) {
        return new DrawnText(text.getBytes(StandardCharsets.UTF_8), end);
    }

    private static DrawnText ended(String text) {
        return text(text, End.FINISHED);
    }

    @Test
    void anAnswerTakesThePlaceOfTheDocuments() {
        Scripted author = new Scripted(ended(" five"), ended(" 4"));

        List<Continuation> written = new DocumentContinuation(author, SETTINGS, DocumentContinuation.Judge.LENIENT)
                .continuations(List.of(SUM));

        assertThat(author.prompts).containsExactly("2 + 2 =", "2 + 2 =");
        assertThat(author.seeds).doesNotHaveDuplicates();
        Document first = written.get(0).document().orElseThrow();
        assertThat(first).isEqualTo(SUM.withAnswer(" five"));
        assertThat(first.split()).isEqualTo(SUM.split());
        assertThat(first.id())
                .isEqualTo(Document.of("math", "add", "2 + 2 =", " five", List.of())
                        .id());
        // The same answer is the same document, up to its choices.
        assertThat(written.get(1).document().orElseThrow().id()).isEqualTo(SUM.id());
    }

    @Test
    void aTextWithoutAPromptIsContinuedFromItsHead() {
        Scripted author = new Scripted(ended(" the sun."), ended(" a tree."));
        Document inTest = new Document(
                STORY.id(), STORY.domain(), STORY.task(), Split.TEST, STORY.prompt(), STORY.answer(), List.of());

        List<Continuation> written =
                new DocumentContinuation(author, SETTINGS, (document, answer) -> false).continuations(List.of(inTest));

        // Half of fourteen characters; the judge of answers has no say.
        assertThat(author.prompts).containsExactly("Ünder t…", "Ünder t…");
        Document document = written.get(0).document().orElseThrow();
        assertThat(document.answer()).isEqualTo("Ünder t the sun.");
        assertThat(document.prompt()).isEmpty();
        assertThat(document.split()).isEqualTo(Split.TEST);
    }

    @Test
    void whatIsNoDocumentIsCountedByItsFault() {
        Scripted author = new Scripted(
                text(" for ever and", End.CUT),
                text("", End.REFUSED),
                ended(""),
                new DrawnText(new byte[] {' ', (byte) 0xC3}, End.FINISHED),
                ended(" 5"),
                ended("x".repeat(Retort.MAX_SYMBOLS)),
                ended(" 4"),
                ended("x".repeat(Retort.MAX_SYMBOLS - 1 - SUM.prompt().length())));

        List<Continuation> written = new DocumentContinuation(
                        author, SETTINGS, (document, answer) -> !answer.equals(" 5"))
                .continuations(List.of(SUM, SUM, SUM, SUM));

        assertThat(written.stream().map(Continuation::fate))
                .containsExactly(
                        Fate.UNFINISHED,
                        Fate.REFUSED,
                        Fate.EMPTY,
                        Fate.INVALID_UTF8,
                        Fate.WRONG,
                        Fate.TOO_LONG,
                        Fate.KEPT,
                        Fate.KEPT);
        assertThat(written.get(3).bytes()).isEqualTo(2);
    }

    @Test
    void seedsDependOnTheRunTheDocumentAndTheSample() {
        List<Long> seeds = new ArrayList<>();
        for (long seed : new long[] {7, 8}) {
            for (Document document : List.of(SUM, STORY)) {
                Scripted author = new Scripted(ended("a"), ended("b"));
                new DocumentContinuation(
                                author,
                                new ContinuationSettings(1, 1, 2, 100, .5, seed),
                                DocumentContinuation.Judge.LENIENT)
                        .continuations(List.of(document));
                seeds.addAll(author.seeds);
            }
        }
        assertThat(seeds).hasSize(8).doesNotHaveDuplicates();
    }

    @Test
    void settingsThatCannotBeMeantAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContinuationSettings(0, 1, 2, 100, .5, 7))
                .withMessageContaining("2 samples, which would all be equal");
        assertThatIllegalArgumentException().isThrownBy(() -> new ContinuationSettings(1, 1, 0, 100, .5, 7));
        assertThatIllegalArgumentException().isThrownBy(() -> new ContinuationSettings(1, 1, 1, 0, .5, 7));
        assertThatIllegalArgumentException().isThrownBy(() -> new ContinuationSettings(1, 1, 1, 100, 1, 7));
        assertThatIllegalArgumentException().isThrownBy(() -> new ContinuationSettings(1, 1.5, 1, 100, .5, 7));
    }
}

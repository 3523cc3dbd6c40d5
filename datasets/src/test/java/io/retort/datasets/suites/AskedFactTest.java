package io.retort.datasets.suites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.datasets.corpus.Document;
import java.util.List;
import org.junit.jupiter.api.Test;

class AskedFactTest {
    private static Document document(String domain, String prompt, String answer) {
        return Document.of(domain, "lookup", prompt, answer, List.of());
    }

    @Test
    void aLineIsFoundWhereItBegins() {
        Document first = document("context", "kova = drum\nlumi = kite\nWhat is kova?\n", "drum");
        Document second = document("context", "kova = drum\nlumi = kite\nWhat is lumi?\n", "kite");

        assertThat(AskedFact.in(first)).contains(new AskedFact(0, 38));
        assertThat(AskedFact.in(second)).contains(new AskedFact(12, 38));
        assertThat(new AskedFact(12, 38).depth()).isCloseTo(0.3158, within(1e-4));
    }

    @Test
    void ofSeveralLinesTheLastCountsAndAKeyThatEndsLikeAnotherDoesNot() {
        String prompt = "kova = drum\nkova = kite\nmikova = kite\nWhat is the latest kova?\n";
        assertThat(AskedFact.in(document("context", prompt, "kite"))).contains(new AskedFact(12, prompt.length()));
    }

    @Test
    void aSentenceOfAStoryIsFound() {
        String prompt = "Anna sat. The code of lumi is kite. The code of kova is drum. It rained.\n"
                + "What is the code of kova?\n";
        assertThat(AskedFact.in(document("context", prompt, "drum")))
                .contains(new AskedFact(prompt.indexOf("The code of kova"), prompt.length()));
    }

    @Test
    void offsetsAreInBytes() {
        Document document = document("context", "\u00E9\u00E9\nkova = drum\nWhat is kova?\n", "drum");
        assertThat(AskedFact.in(document)).contains(new AskedFact(5, 31));
    }

    @Test
    void everyDocumentOfTheSuiteHasOne() {
        for (ContextSuite suite : List.of(ContextSuite.standard(), ContextSuite.ofLength(30_000, 131_072))) {
            for (int index = 0; index < 60; index++) {
                Document document = suite.document(7, index);
                AskedFact fact = AskedFact.in(document).orElseThrow();
                assertThat(document.prompt().substring(fact.offset(), Math.min(fact.offset() + 60, fact.promptBytes())))
                        .contains(document.answer());
            }
        }
    }

    @Test
    void whatAsksOtherwiseHasNone() {
        assertThat(AskedFact.in(document("math", "kova = drum\nWhat is kova?\n", "drum")))
                .isEmpty();
        assertThat(AskedFact.in(document("context", "kova = drum\nWhat is kova?\n", "kite")))
                .isEmpty();
        assertThat(AskedFact.in(document("context", "kova = drum\nWho is kova?\n", "drum")))
                .isEmpty();
        assertThat(AskedFact.in(document("context", "", "drum"))).isEmpty();
    }
}

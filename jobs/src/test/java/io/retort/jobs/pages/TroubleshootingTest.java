package io.retort.jobs.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/troubleshooting.md against the sources. */
class TroubleshootingTest {
    /** What libraries say; TroubleshootingIT meets them. */
    private static final List<String> LIBRARIES = List.of(
            "Unknown option: ",
            "Unmatched argument at index ",
            "Missing required ",
            "Expected parameter for ",
            " has type ");

    @Test
    void everyMessageOfThePageIsStillInTheSources() throws IOException {
        List<String> sources = SourceTexts.ofAll();
        List<MessagePattern> gone = Messages.of(Page.of("troubleshooting.md")).stream()
                .filter(message -> LIBRARIES.stream().noneMatch(message.text()::contains))
                .filter(message -> sources.stream().noneMatch(message::within))
                .toList();

        assertThat(gone).isEmpty();
    }

    @Test
    void literalsOfAStatementMakeOneText() {
        assertThat(SourceTexts.statements("throw new X(\"a \\\"\" // \"no\"\n + \"b \" + c() + \", d\"); int e = 'f';"))
                .containsExactly("…a \"b …, d…");
    }

    @Test
    void aMessageWithoutItsWordsIsNone() {
        MessagePattern message = new MessagePattern("expected … of …, found …", "here");

        assertThat(message.is("expected a of b, found c")).isTrue();
        assertThat(message.is("expected a, found c")).isFalse();
        assertThat(message.within("…expected … of 1 to …, found …")).isTrue();
        assertThat(message.within("…, found … of …expected …")).isFalse();
    }
}

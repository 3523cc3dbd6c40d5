package io.retort.distill.students;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowTest {

    @Test
    void aShortDocumentIsOneWindowWithItsEnd() {
        assertThat(windows(50, 10, 64)).containsExactly(new Window(0, 0, 51));
    }

    @Test
    void aLongPromptLosesItsBeginning() {
        assertThat(windows(200, 190, 64)).containsExactly(new Window(0, 137, 201));
    }

    @Test
    void aLongTextIsCutIntoWindows() {
        assertThat(windows(150, 0, 64))
                .containsExactly(new Window(0, 0, 64), new Window(0, 64, 128), new Window(0, 128, 151));
    }

    @Test
    void aLongAnswerIsCutIntoWindows() {
        assertThat(windows(150, 20, 64))
                .containsExactly(new Window(0, 0, 64), new Window(0, 64, 128), new Window(0, 128, 151));
    }

    @Test
    void windowsOfNothingButAPromptAreLeftOutWherePromptsWeighNothing() {
        DocumentSource source = DocumentSource.of(List.of(
                TrainingDocument.of("x".repeat(300).getBytes(StandardCharsets.US_ASCII), 100),
                TrainingDocument.of("x".repeat(30).getBytes(StandardCharsets.US_ASCII), 10)));
        assertThat(Window.of(source, 64, new PositionWeights(1, 0, 1)))
                .containsExactly(
                        new Window(0, 64, 128),
                        new Window(0, 128, 192),
                        new Window(0, 192, 256),
                        new Window(0, 256, 301),
                        new Window(1, 0, 31));
        assertThat(Window.of(source, 64, PositionWeights.standard())).hasSize(6);
    }

    private static List<Window> windows(int bytes, int prompt, int longest) {
        return Window.of(
                DocumentSource.of(
                        List.of(TrainingDocument.of("x".repeat(bytes).getBytes(StandardCharsets.US_ASCII), prompt))),
                longest);
    }
}

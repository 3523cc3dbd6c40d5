package io.retort.jobs.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageRunTest {
    @TempDir
    Path directory;

    private void follow(String... lines) throws Exception {
        new PageRun(directory, Map.of(), Map.of()).follow(Page.parse("page.md", List.of(lines)));
    }

    private boolean isAlive() throws Exception {
        long process = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
        return ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
    }

    @Test
    void aScriptThatFailsLeavesNoServerBehind() throws Exception {
        assertThatThrownBy(() -> follow("```sh", "sleep 600 &", "echo $! >pid", "echo begun", "false", "```"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("page.md:1")
                .hasMessageContaining("begun");

        assertThat(isAlive()).isFalse();
    }

    @Test
    void aScriptThatSucceedsLeavesNoServerBehindEither() throws Exception {
        follow("```sh", "sleep 600 &", "echo $! >pid", "```");

        assertThat(isAlive()).isFalse();
    }

    @Test
    void theExitCodeIsTheScriptsAndNotThatOfWhatEndsItsServers() throws Exception {
        follow("```sh exit 1", "sleep 600 &", "server=$!", "kill $server", "wait $server || exit 1", "```");

        assertThatThrownBy(() -> follow("```sh", "exit 3", "```")).hasMessageContaining("3");
    }

    @Test
    void aScriptInTheBackgroundRunsBesideTheNextAndEndsWithThePage() throws Exception {
        follow(
                "```sh background",
                "echo $$ >pid",
                "sleep 600 & wait",
                "```",
                "```sh",
                "until [ -s pid ]; do sleep 0.1; done",
                "kill -0 $(cat pid)",
                "```");

        assertThat(isAlive()).isFalse();
    }

    @Test
    void aPageThatFailsLeavesNothingInTheBackground() throws Exception {
        assertThatThrownBy(() -> follow(
                        "```sh background",
                        "echo $$ >pid",
                        "sleep 600 & wait",
                        "```",
                        "```sh",
                        "until [ -s pid ]; do sleep 0.1; done",
                        "false",
                        "```"))
                .isInstanceOf(AssertionError.class);

        assertThat(isAlive()).isFalse();
    }
}

package io.retort.jobs.workspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WorkspaceTest {
    @Test
    void aRelativePathIsTakenFromTheWorkingDirectory() {
        Workspace workspace = Workspace.at("some/./where");

        assertThat(workspace.local()).contains(Path.of("some/where").toAbsolutePath());
        assertThat(workspace.corpus("abc").value())
                .isEqualTo(Path.of("some/where/corpora/abc").toAbsolutePath().toString());
    }

    @Test
    void aUriIsKeptAndIsLocalOnlyWithTheSchemeFile() {
        assertThat(Workspace.at("s3a://bucket/x").local()).isEmpty();
        assertThat(Workspace.at("s3a://bucket/x").logits("1").value()).isEqualTo("s3a://bucket/x/logits/1");
        assertThat(Workspace.at("file:///tmp/x").local()).contains(Path.of("/tmp/x"));
    }

    @Test
    void nothingIsNoWorkspace() {
        assertThatThrownBy(() -> Workspace.at(" ")).isInstanceOf(IllegalArgumentException.class);
    }
}

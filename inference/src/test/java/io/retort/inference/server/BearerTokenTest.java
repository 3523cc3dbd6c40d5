package io.retort.inference.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BearerTokenTest {
    @Test
    void admitsWhoShowsTheSecret() {
        BearerToken token = new BearerToken("s3cret");
        assertThat(token.admits(Optional.of("Bearer s3cret"))).isTrue();
        assertThat(token.admits(Optional.of("bearer  s3cret "))).isTrue();
        assertThat(token.admits(Optional.of("Bearer s3cre"))).isFalse();
        assertThat(token.admits(Optional.of("Bearer s3cret0"))).isFalse();
        assertThat(token.admits(Optional.of("Bearer"))).isFalse();
        assertThat(token.admits(Optional.of("Basic s3cret"))).isFalse();
        assertThat(token.admits(Optional.empty())).isFalse();
    }

    @Test
    void aFileHoldsOneLine(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "s3cret\n");
        assertThat(BearerToken.read(file).admits(Optional.of("Bearer s3cret"))).isTrue();
        Files.writeString(file, "\n");
        assertThatThrownBy(() -> BearerToken.read(file)).hasMessageContaining("expected a token");
        Files.writeString(file, "two words");
        assertThatThrownBy(() -> BearerToken.read(file)).hasMessageContaining("without spaces");
    }
}

package io.retort.bench.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ServedProcessTest {
    @TempDir
    private Path directory;

    private static List<String> talkative(String... arguments) throws URISyntaxException {
        Path classes = Path.of(TalkativeServer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> java = new ArrayList<>(List.of("-cp", classes.toString(), TalkativeServer.class.getName()));
        java.addAll(Arrays.asList(arguments));
        return java;
    }

    @Test
    void aServerMaySayMoreThanAPipeTakes() throws Exception {
        Path log = directory.resolve("serve.log");
        try (ServedProcess server = ServedProcess.start(talkative(), log)) {
            assertThat(server.port()).isEqualTo(4711);
            while (!Files.readString(log).endsWith(": 19999\n")) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    @Test
    void whereAServerEndsBeforeItListensTheFileWithWhatItSaidIsNamed() {
        Path log = directory.resolve("serve.log");
        assertThatThrownBy(() -> ServedProcess.start(talkative("none"), log))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(log.toString());
        assertThat(log).content().isEqualTo("there is no such bundle\n");
    }
}

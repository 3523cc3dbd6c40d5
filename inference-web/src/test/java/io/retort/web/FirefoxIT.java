package io.retort.web;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both builds in Firefox. */
class FirefoxIT {
    @TempDir
    Path temporary = Path.of("");

    @ParameterizedTest
    @CsvSource({"webassembly, true", "javascript, false"})
    void answersOfflineAsTheJvmDoesAndFetchesWeightsOnce(String engine, boolean inWorker)
            throws IOException, URISyntaxException, InterruptedException {
        assumeTrue(Programs.isInstalled("firefox-esr"), "needs firefox-esr on the path");
        Files.createDirectory(profile());
        BrowserCase.run(temporary, engine, inWorker, this::command);
    }

    @ParameterizedTest
    @CsvSource({"webassembly, false", "javascript, true"})
    void sessionsAndOptionsOfTextsAreThoseOfTheJvm(String engine, boolean inWorker)
            throws IOException, URISyntaxException, InterruptedException {
        assumeTrue(Programs.isInstalled("firefox-esr"), "needs firefox-esr on the path");
        Files.createDirectory(profile());
        BrowserCase.runSessions(temporary, engine, inWorker, this::command);
    }

    private Path profile() {
        return temporary.resolve("browser");
    }

    private List<String> command(String url) {
        return List.of(
                "firefox-esr",
                "--headless",
                "--no-remote",
                "--profile",
                profile().toString(),
                url);
    }
}

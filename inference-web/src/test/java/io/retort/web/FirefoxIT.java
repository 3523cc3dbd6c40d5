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
        Path profile = Files.createDirectory(temporary.resolve("browser"));
        BrowserCase.run(
                temporary,
                engine,
                inWorker,
                url -> List.of("firefox-esr", "--headless", "--no-remote", "--profile", profile.toString(), url));
    }
}

package io.retort.web;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both builds in Chromium, on the page's thread and in a worker. */
class ChromiumIT {
    @TempDir
    Path temporary = Path.of("");

    @ParameterizedTest
    @CsvSource({"webassembly, true", "webassembly, false", "javascript, true"})
    void answersOfflineAsTheJvmDoesAndFetchesWeightsOnce(String engine, boolean inWorker)
            throws IOException, URISyntaxException, InterruptedException {
        assumeTrue(Programs.isInstalled("chromium"), "needs chromium on the path");
        BrowserCase.run(
                temporary,
                engine,
                inWorker,
                url -> List.of(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + temporary.resolve("browser"),
                        "--remote-debugging-port=0",
                        url));
    }
}

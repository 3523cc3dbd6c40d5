package io.retort.datasets.python;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The python3 of the machine, if there is one: runs function f of many programs in one process. */
public final class RealPython {

    private static final String SCRIPT = """
            import sys, base64, resource
            resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))
            for line in open(sys.argv[1]):
                scope = {}
                source, call = [base64.b64decode(part).decode() for part in line.split()]
                try:
                    exec(compile(source, 'case', 'exec'), scope)
                    result = repr(eval(call, scope))
                except Exception as e:
                    result = 'error ' + type(e).__name__
                if len(result) > 50000:
                    result = 'too large'
                print(base64.b64encode(result.encode()).decode())
            """;

    private RealPython() {}

    /** Whether python3 is there, version 3.8 or later. */
    public static boolean isPresent() {
        try {
            Process process = new ProcessBuilder("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 8))")
                    .redirectErrorStream(true)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A program and an expression to evaluate in it. */
    public record Case(String source, String call) {}

    /** The repr of each result, "error " and the exception's class, or "too large". */
    public static List<String> results(List<Case> cases, Path directory) throws IOException, InterruptedException {
        StringBuilder lines = new StringBuilder();
        for (Case one : cases) {
            lines.append(encoded(one.source()))
                    .append(' ')
                    .append(encoded(one.call()))
                    .append('\n');
        }
        Path input = Files.writeString(directory.resolve("cases"), lines);
        Path output = directory.resolve("results");
        Process process = new ProcessBuilder("python3", "-W", "ignore", "-c", SCRIPT, input.toString())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("python3 did not end well");
        }
        List<String> results = new ArrayList<>();
        for (String line : Files.readAllLines(output)) {
            results.add(new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8));
        }
        return results;
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

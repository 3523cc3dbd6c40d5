package io.retort.jobs.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.jobs.environments.LoggedProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Follows a page as a reader does: saves its files and runs its scripts, each in a shell of its own, in one directory; holds
 * what is printed against what the page shows. docs/README.md has the convention.
 */
final class PageRun {
    private static final long LONGEST_MINUTES = 10;
    /**
     * Ends what a script left in the background, however it ends. The list goes through a file, since a subshell, as of
     * {@code $(jobs -p)}, knows no jobs in every shell.
     */
    private static final String END_JOBS = """
            trap 'jobs -p >"$PAGE_JOBS"; while read -r job; do kill "$job" 2>&- || :; done <"$PAGE_JOBS"; wait || :' EXIT
            """;

    private final Path directory;
    private final Map<String, String> environment;
    private final Map<String, String> replacements;

    /**
     * @param environment of the shells, beside that of this process
     * @param replacements texts of scripts and outputs, such as a port, and what stands for them in this run
     */
    PageRun(Path directory, Map<String, String> environment, Map<String, String> replacements) {
        this.directory = directory;
        this.environment = environment;
        this.replacements = replacements;
    }

    /** Follows a page to its end, and ends what the page has in the background. */
    void follow(Page page) throws IOException, InterruptedException {
        List<LoggedProcess> background = new ArrayList<>();
        boolean followed = false;
        try {
            follow(page, background);
            followed = true;
        } finally {
            for (LoggedProcess process : background) {
                process.close();
                if (!followed) {
                    System.out.println(process.said());
                }
            }
        }
    }

    private void follow(Page page, List<LoggedProcess> background) throws IOException, InterruptedException {
        List<String> printed = List.of();
        for (Block block : page.blocks()) {
            if (block.isBackground()) {
                Path log = Files.createTempFile(directory, "background", ".txt");
                background.add(LoggedProcess.start(shell(replaced(block.text())), log));
            } else if (block.isScript()) {
                printed = script(block);
            } else if (block.isOutput()) {
                compare(block, printed);
            } else if (block.isShrunk()) {
                Files.writeString(directory.resolve(block.file()), block.text(), StandardOpenOption.APPEND);
            } else if (block.isFile()) {
                Files.writeString(directory.resolve(block.file()), block.text());
            }
        }
    }

    private List<String> script(Block block) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "printed", ".txt");
        long begun = System.nanoTime();
        Path jobs = Files.createTempFile(directory, "jobs", ".txt");
        ProcessBuilder builder = shell(END_JOBS + replaced(block.text()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("PAGE_JOBS", jobs.toString());
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
            String said = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(ended)
                    .as("%s ends. It printed:%n%s", block.place(), said)
                    .isTrue();
            assertThat(process.exitValue())
                    .as("exit code of %s. It printed:%n%s", block.place(), said)
                    .isEqualTo(block.exitCode());
            System.out.printf("%s: %d ms%n", block.place(), (System.nanoTime() - begun) / 1_000_000);
            return said.lines().toList();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.delete(output);
            Files.delete(jobs);
        }
    }

    private ProcessBuilder shell(String script) {
        ProcessBuilder builder = new ProcessBuilder("sh", "-euc", script).directory(directory.toFile());
        builder.environment().putAll(environment);
        return builder;
    }

    /** Each line that the page shows has been printed, in this order; others may stand between. */
    private void compare(Block shown, List<String> printed) {
        int at = 0;
        for (String line : replaced(shown.text()).lines().toList()) {
            if (line.isBlank() || line.strip().equals("…")) {
                continue;
            }
            PrintedLine expected = PrintedLine.of(line);
            int begin = at;
            while (at < printed.size() && !expected.is(printed.get(at))) {
                at++;
            }
            assertThat(at)
                    .as(
                            "%s: expected the line \"%s\" behind line %d of:%n%s",
                            shown.place(), line, begin, String.join("\n", printed))
                    .isLessThan(printed.size());
            at++;
        }
    }

    private String replaced(String text) {
        String result = text;
        for (Map.Entry<String, String> entry : replacements.entrySet()) {
            result = result.replace(entry.getKey(), entry.getValue());
        }
        return result;
    }
}

package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.jobs.commands.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a fleet whose experts were trained one by one, as Airflow's tasks do, in two rounds. */
class FleetCostIT {
    private static final Pattern ROW = Pattern.compile("<th scope=\"row\">([a-z ]+)</th><td[^>]*><span>([0-9]+) ");

    @TempDir
    static Path workspace;

    @Test
    void theCostHasTheTrainingsOfEachDomainAndOfEachRound() throws Exception {
        SharedSpark.session();
        for (List<String> words : List.of(
                List.of("prepare"),
                List.of("teach"),
                List.of("align"),
                List.of("distil", "--only", "math"),
                List.of("distil", "--only", "reasoning"),
                List.of("route"),
                List.of("evaluate"))) {
            List<String> more = new ArrayList<>(words.subList(1, words.size()));
            more.addAll(List.of("--set", "distil.rounds=1"));
            CommandLineRun run = Walk.run(words.get(0), workspace, more.toArray(new String[0]));
            assertThat(run.code()).as(words + ": " + run.err()).isZero();
        }

        // The first round trains both at once, since either writes for the second; that trains each by itself.
        assertThat(rows())
                .containsExactly(
                        "prepare 1",
                        "write 1",
                        "teach 2",
                        "align 2",
                        "distil 3",
                        "route 1",
                        "evaluate 1",
                        "all stages 11");
    }

    private static List<String> rows() throws Exception {
        try (Stream<Path> reports = Files.walk(workspace.resolve("reports"))) {
            Path report = reports.filter(file -> file.endsWith("report.html"))
                    .findFirst()
                    .orElseThrow();
            String html = Files.readString(report);
            Matcher row = ROW.matcher(html.substring(html.indexOf("<section id=\"cost\"")));
            List<String> rows = new ArrayList<>();
            while (row.find()) {
                rows.add(row.group(1) + " " + row.group(2));
            }
            return rows;
        }
    }
}

package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.jobs.commands.CommandLineRun;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A corpus taught by a teacher behind HTTP, which has the weights of the one in the executor. */
class ServedTeachIT {
    @TempDir
    static Path workspace;

    @BeforeAll
    static void prepare() throws Exception {
        SharedSpark.session();
        CommandLineRun prepared = Walk.run("prepare", workspace);
        assertThat(prepared.code()).as(prepared.err()).isZero();
    }

    private static String[] served(ServedTinyTeacher server, String... more) throws Exception {
        String directory = TinyTeacher.directory().toString();
        String[] words = new String[] {
            "--set",
            "teacher.path=",
            "--set",
            "teacher.url=" + server.url(),
            "--set",
            "teacher.tokenizer=" + directory,
            "--set",
            "teacher.reference=" + directory,
            "--set",
            "teacher.reference-documents=4",
            "--set",
            "teacher.attempts=3"
        };
        String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }

    @Test
    void aServedTeacherMakesTheRowsThatTheOneInTheExecutorMakes() throws Exception {
        CommandLineRun inExecutor = Walk.run("teach", workspace, "--json");
        try (ServedTinyTeacher server = new ServedTinyTeacher(128)) {
            CommandLineRun taught = Walk.run("teach", workspace, served(server, "--json"));

            Matcher divergence = Pattern.compile("the server is (\\S+) nats a token from the reference")
                    .matcher(taught.err());
            assertThat(divergence.find()).as(taught.err()).isTrue();
            assertThat(Math.abs(Double.parseDouble(divergence.group(1)))).isLessThan(1e-4);
            assertThat(taught.code()).as(taught.err()).isZero();
            JsonNode one = new ObjectMapper().readTree(inExecutor.out());
            JsonNode other = new ObjectMapper().readTree(taught.out());
            JsonNode reference = other.path("references").path(0);
            assertThat(Math.abs(reference.path("klNatsPerToken").doubleValue())).isLessThan(1e-4);
            assertThat(reference.path("low").doubleValue())
                    .isLessThanOrEqualTo(reference.path("high").doubleValue());
            assertThat(one.path("references").isArray()).isTrue();
            assertThat(one.path("references")).isEmpty();
            assertThat(other.path("id")).isNotEqualTo(one.path("id"));
            assertThat(other.path("quarantined"))
                    .isEqualTo(one.path("quarantined"))
                    .isEmpty();
            for (int domain = 0; domain < 2; domain++) {
                for (String figure : new String[] {"domain", "shards", "rows", "tokens", "textBytes"}) {
                    assertThat(other.path("domains").path(domain).path(figure))
                            .as(figure)
                            .isEqualTo(one.path("domains").path(domain).path(figure));
                }
            }
        }
    }

    @Test
    void aServerThatGivesFewerEntriesThanAreStoredIsBadInput() throws Exception {
        try (ServedTinyTeacher server = new ServedTinyTeacher(20)) {
            CommandLineRun taught = Walk.run("teach", workspace, served(server));

            assertThat(taught.code()).isEqualTo(2);
            assertThat(taught.err())
                    .contains("to give 128 entries of each distribution (retort.teacher.entries)")
                    .contains("greater than max allowed: 20");
        }
    }

    @Test
    void laterStagesDoWithoutTheServerAndTeachingWithAnotherIsRefused() throws Exception {
        String[] later;
        try (ServedTinyTeacher server = new ServedTinyTeacher(128)) {
            CommandLineRun taught = Walk.run("teach", workspace, served(server));
            assertThat(taught.code()).as(taught.err()).isZero();
            // Other traffic makes this process open the teacher anew.
            later = served(server, "--set", "teacher.attempts=1");
            server.version = "0.12.0";

            CommandLineRun again = Walk.run("teach", workspace, later);

            assertThat(again.code()).as(again.err()).isEqualTo(2);
            assertThat(again.err())
                    .contains("expected the teacher of this workspace, \"tiny\" (vllm 0.11.0)")
                    .contains("found \"tiny\" (vllm 0.12.0)")
                    .contains("to begin anew with another, remove " + workspace.resolve("teachers"));
        }
        CommandLineRun aligned = Walk.run("align", workspace, later);

        assertThat(aligned.code()).as(aligned.err()).isZero();
    }
}

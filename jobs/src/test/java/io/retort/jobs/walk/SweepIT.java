package io.retort.jobs.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.jobs.commands.CommandLineRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of trainings, of two domains, with tiny settings. */
class SweepIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] QUICK = {"--set", "teach.sample-seconds=0"};
    private static final String[] LONGER = {
        "--set", "domain.math.training.steps=60",
        "--set", "domain.reasoning.training.steps=60",
        "--set", "distil.checkpoint-seconds=0.05",
        "--set", "teach.sample-seconds=0"
    };
    private static final String TWO = """
            sweep {
              name = "help", seeds = [1, 2], baseline = ce
              variants {
                distilled {}
                ce { distil.alpha = 0 }
              }
            }
            """;
    private static final String HALVED = """
            sweep {
              name = "halved", seeds = [1, 2], baseline = ce
              variants {
                distilled {}
                reverse { distil.divergence = reverse-kl }
                ce { distil.alpha = 0 }
              }
              halving { rungs = [0.25, 0.5], keep = 0.5 }
            }
            """;

    @BeforeAll
    static void session() {
        SharedSpark.session();
    }

    private static String[] words(Path file, Path workspace, String... more) throws Exception {
        return Walk.words(
                "distil",
                workspace,
                Stream.concat(Stream.of("--sweep", file.toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    private static CommandLineRun run(Path file, Path workspace, String... more) throws Exception {
        return CommandLineRun.of(words(file, workspace, more));
    }

    private static JsonNode json(Path file, Path workspace, String... more) throws Exception {
        CommandLineRun run = run(
                file,
                workspace,
                Stream.concat(Stream.of(more), Stream.of("--json")).toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        return JSON.readTree(run.out());
    }

    private static List<Path> files(Path workspace, String pattern) throws IOException {
        try (Stream<Path> files = Files.walk(workspace)) {
            return files.filter(file -> file.toString().matches(".*" + pattern)).toList();
        }
    }

    @Test
    void aTableIsMadeOnceAndItsPlanSaysWhatIsLeft(@TempDir Path workspace, @TempDir Path files) throws Exception {
        Path file = Files.writeString(files.resolve("help.conf"), TWO);

        CommandLineRun plan = run(file, workspace, "--set", "teach.sample-seconds=0", "--plan");
        assertThat(plan.code()).as(plan.err()).isZero();
        assertThat(plan.out()).contains("train 8 of 8 trials (2 variants, 2 domains, 2 seeds)", "prepare: generate");
        assertThat(files(workspace, "/trials/.*")).isEmpty();

        CommandLineRun run = run(file, workspace, QUICK);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("| domain | variant |", "| math | distilled |", "| reasoning | ce |", "| baseline |");
        assertThat(files(workspace, "/trials/[^/]+/outcomes.parquet")).hasSize(8);
        assertThat(files(workspace, "/trials/[^/]+/checkpoints/.+")).isEmpty();

        JsonNode again = json(file, workspace, QUICK);
        assertThat(again.get("completion").asText()).isEqualTo("ALREADY_DONE");
        JsonNode variant = again.at("/results/domains/0/variants/0");
        assertThat(variant.get("variant").asText()).isEqualTo("distilled");
        assertThat(variant.get("seeds")).hasSize(2);
        assertThat(variant.at("/figures/ANSWER_BITS_PER_BYTE/difference").asDouble())
                .isNotZero();
        assertThat(again.at("/results/domains/0/testDocuments").asInt()).isEqualTo(20);
        assertThat(run(file, workspace, "--plan").out()).contains("all is there");
    }

    @Test
    void aKilledSweepGoesOnToTheSameTable(@TempDir Path whole, @TempDir Path killed, @TempDir Path files)
            throws Exception {
        Path file = Files.writeString(files.resolve("halved.conf"), HALVED);
        JsonNode table = json(file, whole, LONGER).get("results");
        // One of the two that are no baseline stops at the first rung, and at the second one is alone.
        for (JsonNode domain : table.get("domains")) {
            List<String> ends = Stream.of(0, 1, 2)
                    .map(i -> domain.get("variants").get(i))
                    .map(variant -> variant.get("rungs").size() + " rungs, "
                            + variant.get("seeds").size() + " seeds")
                    .sorted()
                    .toList();
            assertThat(ends).containsExactly("1 rungs, 0 seeds", "2 rungs, 2 seeds", "2 rungs, 2 seeds");
        }

        Process first = ChildProcess.start(words(file, killed, LONGER));
        awaitThenKill(first, killed, "/trials/[^/]+/rungs/15.json");
        assertThat(files(killed, "/sweep.json")).as("killed while it trained").isEmpty();
        Process second = ChildProcess.start(words(file, killed, LONGER));
        awaitThenKill(second, killed, "/trials/[^/]+/rungs/30.json");
        JsonNode resumed = json(file, killed, LONGER).get("results");

        assertThat(resumed).isEqualTo(table);
        assertThat(TeachIT.digests(killed.resolve("trials"), "model.safetensors"))
                .isEqualTo(TeachIT.digests(whole.resolve("trials"), "model.safetensors"))
                .hasSize(8);
    }

    private static void awaitThenKill(Process child, Path workspace, String pattern) throws Exception {
        while (child.isAlive()) {
            try {
                if (!files(workspace, pattern).isEmpty()) {
                    break;
                }
            } catch (UncheckedIOException e) {
                // A temporary file was renamed while the directory was read.
                assertThat(e).isNotNull();
            }
            Thread.sleep(10);
        }
        child.destroyForcibly().waitFor();
    }

    @Test
    void aTrainingThatFailsIsNamedAndTheOthersGoOn(@TempDir Path workspace, @TempDir Path files) throws Exception {
        Path file = Files.writeString(files.resolve("sick.conf"), """
                sweep {
                  name = "sick", domains = [math], seeds = [1], baseline = ce
                  variants {
                    sick { distil.temperature = 1e-300 }
                    sampled { teach { storage = sampled, draws = 8 } }
                    cut { align.method = current-token }
                    fewer { against = cut, each-domain { documents.train = 20 } }
                    ce { distil.alpha = 0 }
                    same-as-ce { distil.alpha = 0 }
                  }
                  halving { rungs = [0.5], keep = 1, score = answer-bits }
                }
                """);

        JsonNode table = json(file, workspace, QUICK).at("/results/domains/0/variants");

        assertThat(table.get(0).at("/faults/0").asText()).contains("seed 1", "finite loss", "smaller rates");
        assertThat(table.get(0).get("seeds")).isEmpty();
        for (int i = 1; i < 6; i++) {
            assertThat(table.get(i).get("seeds")).as(table.get(i).toString()).hasSize(1);
        }
        assertThat(table.get(5).at("/figures/ACCURACY/difference").asDouble()).isZero();
        assertThat(files(workspace, "/trials/[^/]+/outcomes.parquet"))
                .as("what two variants have in common is trained once")
                .hasSize(4);
        assertThat(files(workspace, "/logits/[^/]+/manifest.json"))
                .as("the variants' own upstream work, each once")
                .hasSize(3);
        assertThat(run(file, workspace, QUICK).out()).contains("failed, seed 1", "differences to cut");
    }

    @Test
    void roundsOfATrialAreItsSeedsOwn(@TempDir Path workspace, @TempDir Path files) throws Exception {
        Path file = Files.writeString(files.resolve("rounds.conf"), """
                retort.domain.math.training.steps = 3
                sweep {
                  name = "rounds", domains = [math], seeds = [1, 2], baseline = once
                  variants { once {}, again { distil.rounds = 1, teach.continuations.max-bytes = 20 } }
                }
                """);

        JsonNode table = json(file, workspace, QUICK).at("/results/domains/0/variants");

        assertThat(table.get(0).get("seeds")).hasSize(2);
        assertThat(table.get(1).get("seeds")).hasSize(2);
        // The corpus, and what each seed's student wrote.
        assertThat(files(workspace, "/bytes/[^/]+/manifest.json")).hasSize(3);
    }
}

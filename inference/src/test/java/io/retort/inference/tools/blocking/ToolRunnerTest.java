package io.retort.inference.tools.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.tools.ScriptedWriter;
import io.retort.inference.tools.ToolChoice;
import io.retort.inference.tools.ToolOptions;
import io.retort.inference.tools.ToolStep;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ToolRunnerTest {
    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"]}";
    private static final ToolOptions OPTIONS =
            ToolOptions.of(GenerationOptions.greedy(new GenerationLimits(100)), ToolChoice.MODEL);
    private static final Duration LONG = Duration.ofMinutes(1);

    private static ToolRun run(ToolRunner runner) throws InterruptedException {
        return runner.answer(
                new ScriptedWriter("{\"name\":\"f\",\"arguments\":{\"n\":20}}", "So."), OPTIONS, "", "How?");
    }

    private static String result(ToolHandler handler, Duration limit) throws InterruptedException {
        try (ToolRunner runner = new ToolRunner(List.of(Tool.of("f", SCHEMA, handler)), limit)) {
            ToolRun run = run(runner);
            assertThat(new String(((ToolStep.Answer) run.end()).generation().bytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("So.");
            assertThat(run.rounds()).hasSize(1);
            return run.rounds().get(0).result();
        }
    }

    @Test
    void aHandlerGetsTheArgumentsAndItsResultIsShown() throws InterruptedException {
        assertThat(result(
                        arguments -> {
                            double n = ((JsonNumber) arguments.member("n")).doubleValue();
                            return JsonNumber.of(n + 1);
                        },
                        LONG))
                .isEqualTo("21");
    }

    @Test
    void whatAHandlerThrowsBecomesAResult() throws InterruptedException {
        assertThat(result(
                        arguments -> {
                            throw new java.io.IOException("no route to \"host\"");
                        },
                        LONG))
                .isEqualTo("{\"error\":\"IOException: no route to \\\"host\\\"\"}");
        assertThat(result(
                        arguments -> {
                            throw new StackOverflowError();
                        },
                        LONG))
                .isEqualTo("{\"error\":\"StackOverflowError\"}");
        assertThat(result(arguments -> nothing(), LONG)).isEqualTo("{\"error\":\"the tool gave no result\"}");
    }

    @Test
    void whatAHandlerGivesOrThrowsNeverEndsTheRequest() throws InterruptedException {
        assertThat(result(
                        arguments -> {
                            JsonValue deep = JsonNumber.of(1);
                            for (int i = 0; i < 100_000; i++) {
                                deep = new JsonArray(List.of(deep));
                            }
                            return deep;
                        },
                        LONG))
                .isEqualTo("{\"error\":\"the result nests deeper than 512\"}");
        assertThat(result(
                        arguments -> {
                            throw new Mute();
                        },
                        LONG))
                .isEqualTo("{\"error\":\"Mute, whose message cannot be read: StackOverflowError\"}");
        assertThat(result(arguments -> withoutAName(), LONG))
                .isEqualTo("{\"error\":\"the result cannot be written: NullPointerException\"}");
    }

    private static final class Mute extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new StackOverflowError();
        }
    }

    @SuppressWarnings("NullAway")
    private static JsonValue withoutAName() {
        Map<String, JsonValue> members = new HashMap<>();
        members.put(null, JsonNumber.of(1));
        return new JsonObject(members);
    }

    @Test
    void aResultOfTheMostBytesIsCutToWhatTheWindowTakes() throws InterruptedException {
        ToolOptions wide =
                new ToolOptions(OPTIONS.generation(), OPTIONS.format(), OPTIONS.choice(), 1, 20_000, OPTIONS.window());
        // 19,998 bytes and two quotes are 59,994 symbols and two, and a window has 36,864.
        ToolHandler handler = arguments -> new JsonString("é".repeat(9_999));
        try (ToolRunner runner = new ToolRunner(List.of(Tool.of("f", SCHEMA, handler)), LONG)) {
            ToolRun run = runner.answer(
                    new ScriptedWriter("{\"name\":\"f\",\"arguments\":{\"n\":20}}", "So."), wide, "", "How?");
            assertThat(run.end()).isInstanceOf(ToolStep.Answer.class);
            assertThat(run.rounds().get(0).result())
                    .startsWith("{\"truncated\":\"\\\"éé")
                    .endsWith("é\",\"bytes\":20000}");
        }
    }

    @Test
    void aMessageThatDoesNotComeIsUnderTheTimeLimit() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        ToolHandler handler = arguments -> {
            throw new RuntimeException() {
                private static final long serialVersionUID = 1L;

                @Override
                public String getMessage() {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return "late";
                }
            };
        };
        assertThat(result(handler, Duration.ofMillis(500))).isEqualTo("{\"error\":\"timed out after 500 ms\"}");
    }

    @SuppressWarnings("NullAway")
    private static JsonValue nothing() {
        return null;
    }

    @Test
    void aHandlerThatPassesTheTimeLimitIsInterruptedAndSaidToBe() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        ToolHandler slow = arguments -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return JsonNumber.of(1);
        };
        // Long enough for a thread to begin, or there is nothing to interrupt.
        Duration limit = Duration.ofMillis(500);
        try (ToolRunner runner = new ToolRunner(List.of(Tool.of("f", SCHEMA, slow)), limit)) {
            assertThat(run(runner).rounds().get(0).result()).isEqualTo("{\"error\":\"timed out after 500 ms\"}");
            assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void callsPastTheMostThatRunAtOnceGetAnErrorAsTheirResult() throws Exception {
        CountDownLatch begun = new CountDownLatch(ToolRunner.MOST_HANDLERS);
        CountDownLatch end = new CountDownLatch(1);
        ToolHandler waiting = arguments -> {
            begun.countDown();
            end.await();
            return JsonNumber.of(1);
        };
        ExecutorService callers = Executors.newCachedThreadPool();
        try (ToolRunner runner = new ToolRunner(List.of(Tool.of("f", SCHEMA, waiting)), LONG)) {
            List<Future<ToolRun>> runs = new ArrayList<>();
            for (int i = 0; i < ToolRunner.MOST_HANDLERS; i++) {
                runs.add(callers.submit(() -> run(runner)));
            }
            assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(run(runner).rounds().get(0).result())
                    .isEqualTo("{\"error\":\"no thread is free to run the tool\"}");
            end.countDown();
            for (Future<ToolRun> run : runs) {
                assertThat(run.get().rounds().get(0).result()).isEqualTo("1");
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void anExecutorThatIsGivenStaysOpen() throws InterruptedException {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Tool tool = Tool.of("f", SCHEMA, arguments -> JsonNumber.of(5));
            try (ToolRunner runner = new ToolRunner(List.of(tool), LONG, executor)) {
                assertThat(run(runner).rounds().get(0).result()).isEqualTo("5");
            }
            assertThat(executor.isShutdown()).isFalse();
            executor.shutdown();
            ToolRunner late = new ToolRunner(List.of(tool), LONG, executor);
            assertThat(run(late).rounds().get(0).result()).contains("no thread is free");
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void anInterruptOfTheCallerEndsTheRequest() {
        Tool tool = Tool.of("f", SCHEMA, arguments -> {
            new CountDownLatch(1).await();
            return JsonNumber.of(1);
        });
        try (ToolRunner runner = new ToolRunner(List.of(tool), LONG)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> run(runner)).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void refusesATimeLimitThatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ToolRunner(List.of(), Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new ToolRunner(List.of(), Duration.ofDays(2)));
    }
}

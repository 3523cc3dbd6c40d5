package io.retort.inference.tools.blocking;

import io.retort.inference.json.JsonValue;
import io.retort.inference.tools.AnswerWriter;
import io.retort.inference.tools.ToolDeclaration;
import io.retort.inference.tools.ToolOptions;
import io.retort.inference.tools.ToolResults;
import io.retort.inference.tools.ToolSession;
import io.retort.inference.tools.ToolStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Answers requests with tools and runs their handlers, each on a thread of its own under a time limit. A handler that fails, or
 * passes the limit and is interrupted, or whose result cannot be written, gives a result that says so; it never ends the request.
 * Thread-safe.
 */
public final class ToolRunner implements AutoCloseable {
    /** How many handlers run at once at the most on the threads of a runner itself; a call past it gets an error as its result. */
    public static final int MOST_HANDLERS = 16;

    private static final Duration LONGEST = Duration.ofDays(1);

    private final Map<String, ToolHandler> handlers = new LinkedHashMap<>();
    private final List<ToolDeclaration> declarations = new ArrayList<>();
    private final Duration timeLimit;
    private final ExecutorService executor;
    private final boolean owned;

    /** A runner with daemon threads of its own, at most {@value #MOST_HANDLERS}, which {@link #close} interrupts. */
    public ToolRunner(List<Tool> tools, Duration timeLimit) {
        this(tools, timeLimit, threads(), true);
    }

    /** A runner whose handlers run on {@code executor}, which stays open; the time limit counts from when it is given the call. */
    public ToolRunner(List<Tool> tools, Duration timeLimit, ExecutorService executor) {
        this(tools, timeLimit, executor, false);
    }

    private ToolRunner(List<Tool> tools, Duration timeLimit, ExecutorService executor, boolean owned) {
        if (timeLimit.isZero() || timeLimit.isNegative() || timeLimit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "expected a time limit above 0 and at most " + LONGEST + ", found " + timeLimit);
        }
        for (Tool tool : tools) {
            declarations.add(tool.declaration());
            handlers.put(tool.declaration().name(), tool.handler());
        }
        this.timeLimit = timeLimit;
        this.executor = executor;
        this.owned = owned;
    }

    private static ExecutorService threads() {
        return new ThreadPoolExecutor(0, MOST_HANDLERS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "retort-tool");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Answers a request, running the tools that the model calls.
     *
     * @param preamble what stands in front of the tools' declarations; may be empty
     * @throws io.retort.inference.conversations.ContextException where the opening, or a call that the model wrote, has no room
     *     in the window; a result that has none is cut
     * @throws InterruptedException where the calling thread is interrupted; the handler that runs is interrupted too
     */
    public ToolRun answer(AnswerWriter writer, ToolOptions options, String preamble, String request)
            throws InterruptedException {
        ToolSession session = new ToolSession(writer, options, declarations, preamble, request);
        ToolStep step = session.next();
        while (step instanceof ToolStep.Call call) {
            session.resume(result(call, options.maxResultBytes()));
            step = session.next();
        }
        return new ToolRun(step, session.rounds(), session.dropped());
    }

    private JsonValue result(ToolStep.Call call, int maxBytes) throws InterruptedException {
        ToolHandler handler = Objects.requireNonNull(handlers.get(call.tool()), call.tool());
        Future<JsonValue> running;
        try {
            running = executor.submit(() -> run(handler, call, maxBytes));
        } catch (RejectedExecutionException e) {
            return ToolResults.error("no thread is free to run the tool");
        }
        try {
            return running.get(timeLimit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            running.cancel(true);
            return ToolResults.error("timed out after " + timeLimit.toMillis() + " ms");
        } catch (CancellationException e) {
            return ToolResults.error("the tool was cancelled");
        } catch (ExecutionException e) {
            // Only what writes results throws here, so the message is none of a handler's.
            return ToolResults.error("the result cannot be written: "
                    + Objects.requireNonNullElse(e.getCause(), e).getClass().getSimpleName());
        } catch (InterruptedException e) {
            running.cancel(true);
            throw e;
        }
    }

    /** On the handler's thread, under its time limit, as is all that may run code of the handler's or depends on its result's size. */
    private static JsonValue run(ToolHandler handler, ToolStep.Call call, int maxBytes) {
        JsonValue result;
        try {
            result = handler.call(call.arguments());
        } catch (Throwable e) {
            return ToolResults.error(description(e));
        }
        return result == null ? ToolResults.error("the tool gave no result") : ToolResults.bounded(result, maxBytes);
    }

    private static String description(Throwable thrown) {
        String name = thrown.getClass().getSimpleName();
        try {
            String message = thrown.getMessage();
            return message == null ? name : name + ": " + message;
        } catch (Throwable e) {
            return name + ", whose message cannot be read: " + e.getClass().getSimpleName();
        }
    }

    /** Interrupts what still runs on threads of the runner's own. */
    @Override
    public void close() {
        if (owned) {
            executor.shutdownNow();
        }
    }
}

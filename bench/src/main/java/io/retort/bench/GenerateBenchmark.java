package io.retort.bench;

import io.retort.inference.Answer;
import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Route, read a prompt of 257 bytes, write at most 64: by a mixture of three, against one expert alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GenerateBenchmark {
    private static final GenerationLimits LIMITS = new GenerationLimits(64);

    private Retort retort = RandomModels.retort(10_000);
    private byte[] prompt = new byte[0];

    /** Makes the experts. */
    @Setup
    public void open() {
        retort = RandomModels.retort(25_000);
        prompt = ("Tom went to the park. ".repeat(12).substring(0, 256) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** What is measured. */
    @Benchmark
    public Answer mixtureOfThree() {
        return retort.generate(prompt, LIMITS);
    }

    /** The baseline. */
    @Benchmark
    public Answer oneExpert() {
        return retort.generate(
                prompt, GenerationOptions.greedy(LIMITS), new ExpertSelection.Fixed("a"), ByteListener.NONE);
    }
}

package io.retort.bench;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks briefly, or as JMH's own options say, and prints each as a ratio to its baseline. */
public final class BenchMain {
    /** Baseline by benchmark, within a class. */
    private static final Map<String, String> BASELINES = Map.of("step", "denseProduct", "mixtureOfThree", "oneExpert");

    private BenchMain() {}

    /** Takes JMH's options. */
    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        Options brief = new OptionsBuilder()
                .parent(new CommandLineOptions(arguments))
                .forks(1)
                .warmupIterations(2)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(3)
                .measurementTime(TimeValue.seconds(1))
                .build();
        Options chosen = arguments.length == 0 ? brief : new CommandLineOptions(arguments);
        printRatios(new Runner(chosen).run());
    }

    private static void printRatios(Collection<RunResult> results) {
        Map<String, Double> scores = new LinkedHashMap<>();
        for (RunResult result : results) {
            scores.put(key(result, name(result)), result.getPrimaryResult().getScore());
        }
        System.out.println();
        for (RunResult result : results) {
            String baseline = BASELINES.getOrDefault(name(result), "");
            Double least = scores.get(key(result, baseline));
            if (least != null) {
                double score = result.getPrimaryResult().getScore();
                System.out.println(String.format(
                        Locale.ROOT,
                        "%s%s: %.2f µs, %.2f times %s",
                        name(result),
                        parameters(result),
                        score,
                        score / least,
                        baseline));
            }
        }
    }

    private static String name(RunResult result) {
        return result.getPrimaryResult().getLabel();
    }

    private static String key(RunResult result, String name) {
        return name + parameters(result);
    }

    private static String parameters(RunResult result) {
        StringBuilder text = new StringBuilder();
        for (String key : result.getParams().getParamsKeys()) {
            text.append(' ').append(key).append(' ').append(result.getParams().getParam(key));
        }
        return text.toString();
    }
}

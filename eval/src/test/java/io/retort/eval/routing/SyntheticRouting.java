package io.retort.eval.routing;

import io.retort.eval.outcomes.DocumentKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up observations of a router whose true figures are known. */
public final class SyntheticRouting {
    static final List<String> DOMAINS = List.of("coding", "math", "reasoning");
    private static final int[] LENGTHS = {32, 64, FirstChoice.WHOLE};

    private SyntheticRouting() {}

    /**
     * From 32 bytes 7 of 10 choices are right, from 64 bytes 9 of 10, from all of them every one; a wrong choice costs 10
     * nats more on 20 bytes. Symbols are announced too surely by 0.1 before the temperature and rightly after it.
     */
    public static List<RoutingObservation> observations(int documents, long seed) {
        Random random = new Random(seed);
        List<RoutingObservation> observations = new ArrayList<>();
        for (int i = 0; i < documents; i++) {
            String domain = DOMAINS.get(i % 3);
            String other = DOMAINS.get((i + 1) % 3);
            double oracle = 4 + random.nextDouble();
            List<FirstChoice> choices = new ArrayList<>();
            int[] rightOfTen = {7, 9, 10};
            for (int l = 0; l < LENGTHS.length; l++) {
                boolean right = random.nextInt(10) < rightOfTen[l];
                choices.add(new FirstChoice(LENGTHS[l], right ? domain : other, right ? oracle : oracle + 10));
            }
            List<LeftOut> leftOut = new ArrayList<>();
            for (String left : DOMAINS) {
                double score = random.nextGaussian() + (left.equals(domain) ? 2 : 0);
                leftOut.add(new LeftOut(left, score, score > 1.645));
            }
            observations.add(new RoutingObservation(
                    new DocumentKey(domain, "task", "d" + seed + "-" + i),
                    choices,
                    new AnswerCosts(oracle, oracle - 0.5, oracle + 5, 20),
                    confidences(10, random),
                    confidences(1, random),
                    leftOut,
                    random.nextInt(20) == 0));
        }
        return observations;
    }

    private static Confidences confidences(int count, Random random) {
        float[] before = new float[count];
        float[] after = new float[count];
        boolean[] right = new boolean[count];
        for (int i = 0; i < count; i++) {
            after[i] = 0.3f + 0.6f * random.nextFloat();
            before[i] = after[i] + 0.1f;
            right[i] = random.nextFloat() < after[i];
        }
        return new Confidences(before, after, right);
    }
}

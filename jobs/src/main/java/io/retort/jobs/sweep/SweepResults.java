package io.retort.jobs.sweep;

import io.retort.eval.outcomes.Metric;
import io.retort.eval.statistics.BootstrapSettings;
import io.retort.eval.sweeps.Compared;
import io.retort.eval.sweeps.Comparisons;
import io.retort.eval.sweeps.Standing;
import io.retort.eval.sweeps.SuccessiveHalving;
import io.retort.eval.sweeps.SweepScore;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a sweep found, as its {@code sweep.json}: the same on every run, however often it was stopped.
 *
 * @param version of this form
 * @param name of the table
 * @param comparisons which variant each is compared with
 * @param seeds of the trainings
 * @param halving which trainings stopped early
 * @param bootstrap how intervals were made
 * @param domains in order
 */
public record SweepResults(
        int version,
        String name,
        Comparisons comparisons,
        List<Long> seeds,
        SuccessiveHalving halving,
        BootstrapSettings bootstrap,
        List<DomainResults> domains) {
    static final int VERSION = 1;

    public SweepResults {
        if (version != VERSION) {
            throw new IllegalArgumentException("expected results of a sweep in form " + VERSION + ", found " + version);
        }
        seeds = List.copyOf(seeds);
        domains = List.copyOf(domains);
    }

    /**
     * One domain.
     *
     * @param testDocuments that finished trials were scored on
     * @param variants in order
     */
    public record DomainResults(String domain, long testDocuments, List<VariantResults> variants) {
        public DomainResults {
            variants = List.copyOf(variants);
        }
    }

    /**
     * One variant in a domain.
     *
     * @param parameters of its student
     * @param steps of its whole training
     * @param seeds of the trials that came to their end
     * @param figures on the test split, where it came to its end
     * @param rungs how it stood at each rung that it reached
     * @param faults why trials could not be trained, each with its seed
     */
    public record VariantResults(
            String variant,
            long parameters,
            int steps,
            List<Long> seeds,
            SortedMap<Metric, Figure> figures,
            List<Rung> rungs,
            List<String> faults) {
        public VariantResults {
            seeds = List.copyOf(seeds);
            figures = new TreeMap<>(figures);
            rungs = List.copyOf(rungs);
            faults = List.copyOf(faults);
        }

        /** Where it was stopped, if it was. */
        public Optional<Rung> stopped() {
            return rungs.stream().filter(rung -> rung.then() == Then.STOPPED).findFirst();
        }

        Optional<Figure> figure(SweepScore score) {
            return Optional.ofNullable(figures.get(score.metric()));
        }
    }

    /**
     * A {@link Compared} with the bounds of its intervals; NaN where there is none.
     *
     * @param mean over the variant's seeds
     * @param lower bound of the mean
     * @param upper bound of the mean
     * @param difference variant − the one it is compared with
     * @param differenceLower bound of the difference
     * @param differenceUpper bound of the difference
     * @param pValue of no difference
     * @param adjustedPValue by Holm's correction
     */
    public record Figure(
            double mean,
            double lower,
            double upper,
            double difference,
            double differenceLower,
            double differenceUpper,
            double pValue,
            double adjustedPValue) {
        static SortedMap<Metric, Figure> ofAll(SortedMap<Metric, Compared> figures) {
            SortedMap<Metric, Figure> all = new TreeMap<>();
            figures.forEach((metric, compared) -> all.put(
                    metric,
                    new Figure(
                            compared.mean(),
                            compared.interval().lower(),
                            compared.interval().upper(),
                            compared.difference(),
                            compared.differenceInterval().lower(),
                            compared.differenceInterval().upper(),
                            compared.pValue(),
                            compared.adjustedPValue())));
            return all;
        }
    }

    /** What followed a rung. */
    public enum Then {
        /** Its trials went on. */
        WENT_ON,
        /** Its trials were stopped. */
        STOPPED
    }

    /**
     * A variant at a rung.
     *
     * @param share of the training that was done
     * @param step updates that were done
     * @param validation the mean over its seeds on the validation split
     * @param then what followed
     */
    public record Rung(double share, int step, Standing validation, Then then) {}
}

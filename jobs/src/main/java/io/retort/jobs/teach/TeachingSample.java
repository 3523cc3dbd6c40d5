package io.retort.jobs.teach;

import io.retort.datasets.logits.ShardOrigin;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.teachers.Teacher;
import io.retort.jobs.corpora.ContentShard;
import io.retort.jobs.teach.SampleSlices.Slice;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Scores a sample of the documents that are left to score, as many at once as tasks will. */
final class TeachingSample {
    /** What a pass of a teacher in the process holds, about; more at once changes nothing. */
    private static final long MOST_TOKENS = 4096;
    /** What a slice should hold at least: smaller ones take longer a token, and their files have more bytes a token. */
    private static final long TELLING_TOKENS = 1024;
    /** A first slice, by which the size of the others is found. */
    private static final long FIRST_BYTES = 4096;
    /** A share of the time, before which nothing counts: code is compiled while it runs. */
    private static final double WARMING = 0.5;
    /** So many times as long as it should, at most, for a teacher that is too slow for a slice of each domain. */
    private static final int OVERTIME = 4;

    private static final int SLICES_A_DOMAIN = 2;
    private static final int WARMING_SLICES = 3;
    private static final double NANOS = 1e9;

    private final SampleSlices slices;
    private final Teacher teacher;
    private final ShardOrigin origin;
    private final PlanOptions options;
    private final double seconds;
    private final long begun = System.nanoTime();
    private final Map<String, List<SliceMeasure>> measures = new TreeMap<>();
    private volatile long sliceBytes = FIRST_BYTES;

    private TeachingSample(TeachSpec spec, SampleSlices slices, Duration time) {
        this.slices = slices;
        this.teacher = spec.teacher().shared();
        this.origin = new ShardOrigin(
                teacher.description().digest(),
                teacher.tokenizer().digest(),
                spec.options().logitSettings());
        this.options = spec.planning();
        this.seconds = time.toMillis() / 1000.0;
    }

    /** Measures for about so long; the outcome is by domain. */
    static Map<String, List<SliceMeasure>> measure(
            TeachSpec spec, Storage storage, List<ContentShard> left, Duration time)
            throws IOException, InterruptedException {
        Location corpus = spec.workspace().corpus(spec.corpus().corpusId());
        return new TeachingSample(spec, new SampleSlices(storage, corpus, left, spec.seed()), time).run();
    }

    private Map<String, List<SliceMeasure>> run() throws IOException, InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(options.tasks());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < options.tasks(); i++) {
                running.add(executor.submit(() -> {
                    work();
                    return null;
                }));
            }
            for (Future<?> future : running) {
                future.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw new IOException(cause.getMessage(), cause);
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("expected to score a sample", e.getCause());
        } finally {
            executor.shutdownNow();
        }
        return measures;
    }

    private void work() throws IOException {
        ShardScoring scoring = new ShardScoring(teacher, origin);
        warmUp(scoring);
        do {
            Slice slice = slices.next(sliceBytes);
            SliceMeasure measure = measure(scoring, slice);
            synchronized (measures) {
                measures.computeIfAbsent(slice.domain(), domain -> new ArrayList<>())
                        .add(measure);
            }
        } while (isOn());
    }

    private boolean isOn() {
        double elapsed = elapsed();
        return elapsed < seconds || !slices.everyDomainDrawn() && elapsed < OVERTIME * seconds;
    }

    /** Finds the size of slices meanwhile: two a domain within the time, large enough to tell, no larger than a pass. */
    private void warmUp(ShardScoring scoring) throws IOException {
        int scored = 0;
        do {
            SliceMeasure measure = measure(scoring, slices.unheeded(sliceBytes));
            double rate = measure.textBytes() / measure.cost().phases().total();
            double time = (1 - WARMING) * seconds * options.tasks() / (SLICES_A_DOMAIN * slices.domains());
            double bytesAToken =
                    (double) measure.textBytes() / Math.max(1, measure.cost().teacherTokens());
            double least = Math.min(TELLING_TOKENS * bytesAToken, rate * seconds / OVERTIME);
            double most = MOST_TOKENS * bytesAToken;
            sliceBytes = Math.max(1, Math.round(Math.min(most, Math.max(least, rate * time))));
            scored++;
        } while (elapsed() < WARMING * seconds || scored < WARMING_SLICES && elapsed() < seconds);
    }

    private static SliceMeasure measure(ShardScoring scoring, Slice slice) {
        ShardScoring.Scored scored = scoring.score(scoring.tokenise(slice.documents()));
        return new SliceMeasure(
                slice.documents().size(),
                slice.textBytes(),
                scored.cost(),
                scored.shard().file());
    }

    private double elapsed() {
        return (System.nanoTime() - begun) / NANOS;
    }
}

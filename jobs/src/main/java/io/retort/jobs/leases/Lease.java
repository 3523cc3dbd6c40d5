package io.retort.jobs.leases;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to make something, held until it is closed. A daemon thread gives signs of life; where it finds the lease in
 * other hands, which took this process for dead, it interrupts the thread that acquired the lease.
 */
public final class Lease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private final LeaseFile file;
    private final Optional<Holder> dead;
    private final boolean waited;
    private final Thread worker = Thread.currentThread();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(runnable -> {
        Thread thread = new Thread(runnable, "retort-lease");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Holder holder;
    private volatile boolean lost;

    /**
     * @param holder as it stands in the file
     * @param dead who held it before and did not give it back
     * @param waited whether another held it when it was asked for
     */
    Lease(LeaseFile file, Holder holder, Optional<Holder> dead, boolean waited) {
        this.file = file;
        this.holder = holder;
        this.dead = dead;
        this.waited = waited;
    }

    Lease beating(Duration every) {
        executor.scheduleWithFixedDelay(this::beat, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** Who held the lease before and died with it. */
    public Optional<Holder> dead() {
        return dead;
    }

    /** Whether another held it when it was asked for, who may have done the work. */
    public boolean waited() {
        return waited;
    }

    /** Whether another has it now. */
    public boolean lost() {
        return lost;
    }

    private void beat() {
        try {
            Optional<Holder> found = file.holder();
            if (found.isPresent() && !found.get().id().equals(holder.id())) {
                lost = true;
                executor.shutdown();
                worker.interrupt();
                return;
            }
            holder = holder.beating();
            file.replace(holder);
        } catch (IOException | RuntimeException e) {
            // The next beat may succeed; until then the lease is as old as it is.
            LOG.warn("could not renew the lease {}", file.location(), e);
        }
    }

    @Override
    public String toString() {
        return file.location().toString();
    }

    /** Gives it back. */
    @Override
    public void close() throws IOException {
        executor.shutdown();
        boolean interrupted = Thread.interrupted();
        try {
            executor.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (!lost
                && file.holder().filter(found -> found.id().equals(holder.id())).isPresent()) {
            file.delete();
        }
        if (interrupted && !lost) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.retort.jobs.leases;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to make something, held until it is closed. While it is held, signs of life are given; where one finds the lease
 * in other hands, which took this process for dead, it interrupts the thread that acquired the lease.
 */
public final class Lease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private final LeaseFile file;
    private final Optional<Holder> dead;
    private final boolean waited;
    private final Thread worker = Thread.currentThread();
    /** Held while a sign is given, and while the lease is given back. */
    private final ReentrantLock giving = new ReentrantLock();

    private Optional<Future<?>> beats = Optional.empty();
    private volatile boolean closed;
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
        beats = Optional.of(Heartbeats.every(every, this::beat));
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
        giving.lock();
        try {
            if (closed || lost) {
                return;
            }
            Optional<Holder> found = file.holder();
            if (found.isPresent() ? !found.get().id().equals(holder.id()) : file.isSignOfLife()) {
                lost = true;
                worker.interrupt();
                return;
            }
            holder = holder.beating();
            file.replace(holder);
        } catch (IOException | RuntimeException e) {
            // The next beat may succeed; until then the lease is as old as it is.
            LOG.warn("could not renew the lease {}", file.location(), e);
        } finally {
            giving.unlock();
        }
    }

    @Override
    public String toString() {
        return file.location().toString();
    }

    /** Gives it back. */
    @Override
    public void close() throws IOException {
        beats.ifPresent(each -> each.cancel(false));
        boolean interrupted = Thread.interrupted();
        boolean alone = false;
        try {
            alone = giving.tryLock(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        try {
            closed = true;
            if (!lost
                    && file.holder()
                            .filter(found -> found.id().equals(holder.id()))
                            .isPresent()) {
                file.delete();
            }
        } finally {
            if (alone) {
                giving.unlock();
            }
        }
        if (interrupted && !lost) {
            Thread.currentThread().interrupt();
        }
    }
}

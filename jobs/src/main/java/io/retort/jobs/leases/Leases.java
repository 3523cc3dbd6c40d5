package io.retort.jobs.leases;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.progress.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * The leases of a workspace. A holder whose process is known to be dead loses its lease at once, one of which nothing was
 * heard for a while loses it then, by the clock of who waits: no clocks are compared.
 *
 * @param directory where their files are
 * @param progress where to say that somebody is waited for
 */
public record Leases(Storage storage, Location directory, Timing timing, Progress progress) {
    private static final String ENDING = ".lease";
    private static final String TAKING_OVER = ".takeover";

    /**
     * Waits until the lease is free or its holder dead, and takes it.
     *
     * @param name what it is for
     * @param run who asks
     */
    public Lease acquire(String name, String run) throws IOException, InterruptedException {
        return acquire(name, run, () -> false)
                .orElseThrow(() -> new IllegalStateException("expected to wait until the lease is free: " + name));
    }

    /** The same for one who waits no longer than this, and then has nothing. */
    public Optional<Lease> acquireWithin(String name, String run, Duration most)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        return acquire(name, run, () -> System.nanoTime() - begun >= most.toNanos());
    }

    private Optional<Lease> acquire(String name, String run, BooleanSupplier over)
            throws IOException, InterruptedException {
        return acquire(name, Holder.thisProcess(run), new HashSet<>(), over).map(lease -> lease.beating(timing.beat()));
    }

    /**
     * A lease that gives no sign of life yet.
     *
     * @param dead ids of holders that were found dead, added to
     */
    private Optional<Lease> acquire(String name, Holder mine, Set<String> dead, BooleanSupplier over)
            throws IOException, InterruptedException {
        LeaseFile file = file(name + ENDING);
        Observed observed = new Observed();
        Observed taking = new Observed();
        boolean waited = false;
        while (!file.create(mine)) {
            Optional<String> text = file.text();
            Optional<Holder> holder = text.flatMap(LeaseFile::parse);
            boolean gone = text.isPresent()
                    && (holder.filter(other -> dead.contains(other.id())).isPresent()
                            || gone(holder, observed.unchanged(text.get() + sign(holder))));
            if (gone && takeOver(name, text.get(), mine, taking)) {
                holder.map(Holder::id).ifPresent(dead::add);
                progress.note(name + ": " + holder.map(Holder::toString).orElse("another run")
                        + " was making it and is no more; going on where it was");
                return Optional.of(new Lease(file, mine, holder, waited));
            }
            if (over.getAsBoolean()) {
                return Optional.empty();
            }
            if (text.isPresent() && !waited) {
                progress.note(name + ": " + holder.map(Holder::toString).orElse("another run")
                        + " is making it; waiting until that is done");
                waited = true;
            }
            Thread.sleep(timing.look().toMillis());
        }
        return Optional.of(new Lease(file, mine, Optional.empty(), waited));
    }

    private Lease sign(Holder mine) throws IOException {
        LeaseFile sign = LeaseFile.signOfLife(storage, directory, mine);
        sign.replace(mine);
        return new Lease(sign, mine, Optional.empty(), false).beating(timing.beat());
    }

    /** What stands in the file by which a holder of several leases says that it is there. */
    private String sign(Optional<Holder> holder) throws IOException {
        return holder.isEmpty()
                ? ""
                : LeaseFile.signOfLife(storage, directory, holder.get()).text().orElse("");
    }

    /**
     * The same for several. They are taken in the order of their names, so that of two that want some of the same none waits
     * for the other for ever. However many they are, one file says that their holder is there.
     */
    public HeldLeases acquireAll(Collection<String> names, String run) throws IOException, InterruptedException {
        if (names.size() == 1) {
            return new HeldLeases(List.of(acquire(names.iterator().next(), run)), Optional.empty());
        }
        List<Lease> held = new ArrayList<>();
        Optional<Lease> sign = Optional.empty();
        try {
            Holder mine = Holder.thisProcess(run);
            Set<String> dead = new HashSet<>();
            for (String name : new TreeSet<>(names)) {
                held.add(acquire(name, mine, dead, () -> false).orElseThrow());
                if (sign.isEmpty()) {
                    // Not before: one that is killed leaves a lease, by which who takes it over finds the sign.
                    sign = Optional.of(sign(mine));
                }
            }
            return new HeldLeases(held, sign);
        } catch (IOException | InterruptedException | RuntimeException e) {
            try {
                new HeldLeases(held, sign).close();
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /** Holders of leases whose processes are known to be dead. */
    public List<Holder> dead() throws IOException {
        List<Holder> dead = new ArrayList<>();
        for (Location location : storage.list(directory)) {
            if (location.name().endsWith(ENDING)) {
                new LeaseFile(storage, location).holder().filter(Holder::isDead).ifPresent(dead::add);
            }
        }
        return List.copyOf(dead);
    }

    private LeaseFile file(String name) {
        return new LeaseFile(storage, directory.resolve(name));
    }

    private boolean gone(Optional<Holder> holder, Duration unchanged) {
        return holder.filter(Holder::isDead).isPresent() || unchanged.compareTo(timing.stale()) >= 0;
    }

    /**
     * Puts this holder in the place of one that is gone. A file of its own lets one at a time do so, and only while the
     * lease is still as it was judged: else a second that comes late would take it from the first.
     */
    private boolean takeOver(String name, String judged, Holder mine, Observed others) throws IOException {
        LeaseFile taking = file(name + TAKING_OVER);
        if (!taking.create(mine)) {
            Optional<String> other = taking.text();
            if (other.isPresent() && gone(LeaseFile.parse(other.get()), others.unchanged(other.get()))) {
                taking.delete();
            }
            return false;
        }
        try {
            LeaseFile file = file(name + ENDING);
            if (!file.text().equals(Optional.of(judged))) {
                return false;
            }
            file.replace(mine);
            Optional<Holder> before = LeaseFile.parse(judged);
            if (before.isPresent()) {
                LeaseFile.signOfLife(storage, directory, before.get()).delete();
            }
            return true;
        } finally {
            taking.delete();
        }
    }

    /** For how long a text has been the same. */
    private static final class Observed {
        private String text = "";
        private long sinceNanos = System.nanoTime();

        Duration unchanged(String now) {
            if (!now.equals(text)) {
                text = now;
                sinceNanos = System.nanoTime();
            }
            return Duration.ofNanos(System.nanoTime() - sinceNanos);
        }
    }
}

package io.retort.jobs.leases;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The right to make several things, held until it is closed. */
public final class HeldLeases implements AutoCloseable {
    private static final int SHOWN = 3;

    private final List<Lease> leases;

    HeldLeases(List<Lease> leases) {
        this.leases = List.copyOf(leases);
    }

    /** Who held some of them before and died with them. */
    public List<Holder> dead() {
        return leases.stream()
                .map(Lease::dead)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /** Whether another held one when it was asked for, who may have done some of the work. */
    public boolean waited() {
        return leases.stream().anyMatch(Lease::waited);
    }

    /** Whether another has one now. */
    public boolean lost() {
        return leases.stream().anyMatch(Lease::lost);
    }

    /** Those that another has now; where that is not known of each, all. */
    @Override
    public String toString() {
        List<Lease> all = leases.stream().filter(lease -> !lease.isSignOfLife()).toList();
        boolean signLost = leases.stream().anyMatch(lease -> lease.isSignOfLife() && lease.lost());
        List<Lease> lost = signLost ? all : all.stream().filter(Lease::lost).toList();
        String some = lost.stream().limit(SHOWN).map(Lease::toString).collect(Collectors.joining(", "));
        return lost.size() > SHOWN ? some + " or " + (lost.size() - SHOWN) + " more" : some;
    }

    /** Gives all of them back, the others too where one cannot be; last the one first taken, by which the others live. */
    @Override
    public void close() throws IOException {
        IOException fault = null;
        for (int i = leases.size() - 1; i >= 0; i--) {
            Lease lease = leases.get(i);
            try {
                lease.close();
            } catch (IOException e) {
                if (fault == null) {
                    fault = e;
                } else {
                    fault.addSuppressed(e);
                }
            }
        }
        if (fault != null) {
            throw fault;
        }
    }
}

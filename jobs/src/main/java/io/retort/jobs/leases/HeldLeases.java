package io.retort.jobs.leases;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The right to make several things, held until it is closed. */
public final class HeldLeases implements AutoCloseable {
    private final List<Lease> leases;

    HeldLeases(List<Lease> leases) {
        this.leases = List.copyOf(leases);
    }

    /** Who held some of them before and died with them. */
    public List<Holder> dead() {
        return leases.stream().map(Lease::dead).flatMap(Optional::stream).toList();
    }

    /** Whether another held one when it was asked for, who may have done some of the work. */
    public boolean waited() {
        return leases.stream().anyMatch(Lease::waited);
    }

    /** Whether another has one now. */
    public boolean lost() {
        return leases.stream().anyMatch(Lease::lost);
    }

    /** Those that another has now. */
    @Override
    public String toString() {
        return leases.stream().filter(Lease::lost).map(Lease::toString).collect(Collectors.joining(", "));
    }

    /** Gives all of them back, the others too where one cannot be. */
    @Override
    public void close() throws IOException {
        IOException fault = null;
        for (Lease lease : leases) {
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

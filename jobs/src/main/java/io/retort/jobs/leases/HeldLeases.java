package io.retort.jobs.leases;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The right to make several things, held until it is closed. */
public final class HeldLeases implements AutoCloseable {
    private static final int SHOWN = 3;

    private final List<Lease> leases;
    private final Optional<Lease> sign;

    /** @param sign of life, which several leases have in common */
    HeldLeases(List<Lease> leases, Optional<Lease> sign) {
        this.leases = List.copyOf(leases);
        this.sign = sign;
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

    /** Whether another has one now, whichever. */
    public boolean lost() {
        return Stream.concat(sign.stream(), leases.stream()).anyMatch(Lease::lost);
    }

    @Override
    public String toString() {
        String some = leases.stream().limit(SHOWN).map(Lease::toString).collect(Collectors.joining(", "));
        return leases.size() > SHOWN ? some + " or " + (leases.size() - SHOWN) + " more" : some;
    }

    /** Gives all of them back, the others too where one cannot be; last the sign of life, by which they live. */
    @Override
    public void close() throws IOException {
        IOException fault = null;
        for (Lease lease : Stream.concat(leases.stream(), sign.stream()).toList()) {
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

package io.retort.jobs.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.retort.jobs.provenance.Host;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One move of an alias: a line of the audit log.
 *
 * @param model the model
 * @param alias which
 * @param reason why
 * @param from the version before, 0 for none
 * @param to the version after, 0 for none
 * @param user who
 * @param host from where
 * @param time when
 * @param digests of the bundles, by version, and of their reports where a server keeps those
 * @param gates what was checked and found, or JSON's null
 */
public record AliasMove(
        String model,
        String alias,
        MoveReason reason,
        int from,
        int to,
        String user,
        String host,
        Instant time,
        SortedMap<String, String> digests,
        JsonNode gates) {
    /** No version. */
    public static final int NONE = 0;

    public AliasMove {
        if (from < NONE || to < NONE) {
            throw new IllegalArgumentException(
                    "expected versions from 1 on, or 0 for none, found " + from + " and " + to);
        }
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    }

    /** A move by this process' user, now, with nothing checked. */
    public static AliasMove by(String model, String alias, MoveReason reason, int from, int to, Instant now) {
        return new AliasMove(
                model,
                alias,
                reason,
                from,
                to,
                System.getProperty("user.name", "unknown"),
                Host.current().name(),
                now,
                new TreeMap<>(),
                NullNode.getInstance());
    }

    /** The same with what was found by the gates. */
    public AliasMove checked(JsonNode report) {
        return new AliasMove(model, alias, reason, from, to, user, host, time, digests, report);
    }

    /** The same with the digests of a version. */
    public AliasMove of(ModelVersion version) {
        SortedMap<String, String> more = new TreeMap<>(digests);
        more.put(String.valueOf(version.version()), version.digest());
        if (!version.reportDigest().isEmpty()) {
            more.put(reportOf(version.version()), version.reportDigest());
        }
        return new AliasMove(model, alias, reason, from, to, user, host, time, more, gates);
    }

    /** The name among the digests of a version's report. */
    public static String reportOf(int version) {
        return version + " report";
    }
}

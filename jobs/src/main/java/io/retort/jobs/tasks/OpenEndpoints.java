package io.retort.jobs.tasks;

import io.retort.distill.teachers.served.CompletionServer;
import io.retort.distill.teachers.served.EndpointIdentity;
import io.retort.distill.teachers.served.EndpointSettings;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The endpoints that this process asks, one connection each, so that its tasks share the bound on requests at once. */
final class OpenEndpoints {
    private static final ConcurrentMap<Found, CompletionServer> OPEN = new ConcurrentHashMap<>();

    private OpenEndpoints() {}

    /** An endpoint and what it was found to be. */
    private record Found(EndpointSettings settings, EndpointIdentity identity) {}

    /** What the endpoint is now: it may have been started anew with another model since this process last asked. */
    static EndpointIdentity identity(EndpointSettings settings) {
        try (CompletionServer server = CompletionServer.open(settings)) {
            return server.identity();
        }
    }

    /**
     * The endpoint, as it was found.
     *
     * @throws io.retort.distill.teachers.UnsuitableTeacherException if another model answers
     */
    static CompletionServer shared(EndpointSettings settings, EndpointIdentity expected) {
        return OPEN.computeIfAbsent(new Found(settings, expected), found -> CompletionServer.open(settings, expected));
    }
}

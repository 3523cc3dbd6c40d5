package io.retort.jobs.tasks;

import io.retort.distill.teachers.UnsuitableTeacherException;
import io.retort.distill.teachers.served.CompletionServer;
import io.retort.distill.teachers.served.EndpointIdentity;
import io.retort.distill.teachers.served.EndpointSettings;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The endpoints that this process has asked, one connection each, so that its tasks share the bound on requests at once. */
final class OpenEndpoints {
    private static final ConcurrentMap<EndpointSettings, CompletionServer> OPEN = new ConcurrentHashMap<>();

    private OpenEndpoints() {}

    /** The endpoint as it is now: a server may have been started anew with another model since this process last asked. */
    static EndpointIdentity identity(EndpointSettings settings) {
        CompletionServer server = CompletionServer.open(settings);
        CompletionServer before = OPEN.put(settings, server);
        if (before != null) {
            before.close();
        }
        return server.identity();
    }

    /**
     * The endpoint, as it was found.
     *
     * @throws UnsuitableTeacherException if another model answers
     */
    static CompletionServer shared(EndpointSettings settings, EndpointIdentity expected) {
        CompletionServer server = OPEN.computeIfAbsent(settings, CompletionServer::open);
        if (!expected.sameModel(server.identity())) {
            throw new UnsuitableTeacherException("expected the model of this run, " + expected.render() + ", at "
                    + settings.url() + ", found " + server.identity().render());
        }
        return server;
    }
}

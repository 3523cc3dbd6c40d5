package io.retort.distill.teachers.served;

/**
 * A server that was away may have come back with another model: after each outage that is looked into once, before its
 * answers are handed on. Safe for use by many threads.
 */
final class OutageWatch {
    private final ServerConnection connection;
    private final Check sameModel;
    private long outagesChecked;

    OutageWatch(ServerConnection connection, Check sameModel) {
        this.connection = connection;
        this.sameModel = sameModel;
    }

    /** Makes sure of something by asking the server. */
    @FunctionalInterface
    interface Check {
        void run() throws InterruptedException;
    }

    /** To be called when an answer has come. */
    synchronized void answered() throws InterruptedException {
        long outages = connection.outages();
        if (outages != outagesChecked) {
            sameModel.run();
            outagesChecked = outages;
        }
    }
}

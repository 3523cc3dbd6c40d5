package io.retort.distill.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * An answer's body that fails, and is read no further, past a number of bytes: what a server sends is as long as it likes.
 *
 * @param <T> what the body becomes
 */
public final class BoundedBody<T> implements BodySubscriber<T> {
    private final BodySubscriber<T> body;
    private final long most;
    private final Runnable arrived;
    private long received;
    private Flow.Subscription subscription = new Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    };

    /** A body of so many bytes at most. */
    public BoundedBody(BodySubscriber<T> body, long mostBytes) {
        this(body, mostBytes, () -> {});
    }

    /**
     * The same, of which somebody hears.
     *
     * @param arrived is told whenever a part of it has arrived
     */
    public BoundedBody(BodySubscriber<T> body, long mostBytes, Runnable arrived) {
        this.body = body;
        this.most = mostBytes;
        this.arrived = arrived;
    }

    /** The body was longer. */
    public static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        private final long most;

        TooLong(long most) {
            super("expected a body of at most " + most + " bytes, found more");
            this.most = most;
        }

        /** How many bytes it may have. */
        public long most() {
            return most;
        }
    }

    @Override
    public CompletionStage<T> getBody() {
        return body.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        body.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> part) {
        if (received > most) {
            return;
        }
        arrived.run();
        for (ByteBuffer buffer : part) {
            received += buffer.remaining();
        }
        if (received > most) {
            subscription.cancel();
            body.onError(new TooLong(most));
        } else {
            body.onNext(part);
        }
    }

    @Override
    public void onError(Throwable fault) {
        body.onError(fault);
    }

    @Override
    public void onComplete() {
        if (received <= most) {
            body.onComplete();
        }
    }
}

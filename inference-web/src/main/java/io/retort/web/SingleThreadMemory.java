package io.retort.web;

import io.retort.inference.memory.MemoryLimitException;
import io.retort.inference.memory.Waiter;

/** What a host of one thread does where texts hold the memory that another needs. */
final class SingleThreadMemory {
    private SingleThreadMemory() {}

    /** @throws MemoryLimitException always, for nobody else could give anything back */
    static void refuse() {
        Waiter.NEVER.await(Waiter.NEVER);
    }
}

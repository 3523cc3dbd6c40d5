package io.retort.inference.schemas;

import io.retort.inference.constraints.ByteConstraint;
import io.retort.inference.constraints.TextState;

/** Where every text of a schema begins, and how long the shortest is in bytes. */
record Form(TextState start, int shortest) implements ByteConstraint {
    static Form of(TextState start) {
        return new Form(start, start.shortest());
    }
}

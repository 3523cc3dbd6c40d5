package io.retort.inference.memory;

import io.retort.inference.bundles.Expert;
import io.retort.inference.students.Student;
import org.jspecify.annotations.Nullable;

/** What is in memory of one expert. Guarded by its {@link ExpertMemory}. */
final class Slot {
    final Expert expert;

    @Nullable
    Student student;

    /** Whether its decoded bytes are counted: it is decoded, or somebody who holds it is about to. */
    boolean counted;

    boolean loading;
    int holders;

    /** Of the holders, those that rest. */
    int resting;

    long lastUse;
    byte[] compressed = new byte[0];

    Slot(Expert expert) {
        this.expert = expert;
    }
}

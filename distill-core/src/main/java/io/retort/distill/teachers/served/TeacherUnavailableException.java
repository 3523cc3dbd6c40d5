package io.retort.distill.teachers.served;

import java.io.IOException;

/** A teacher's server cannot be reached or does not work; what was asked may be asked again later. */
public final class TeacherUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    TeacherUnavailableException(String message) {
        super(message);
    }
}

package io.retort.eval.tasks;

/** A document that a template does not fit. */
final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TemplateException(String message) {
        super(message);
    }
}

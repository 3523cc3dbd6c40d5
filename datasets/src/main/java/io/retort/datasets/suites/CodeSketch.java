package io.retort.datasets.suites;

import java.util.List;

/**
 * A function to be completed: what it should do, what it takes and a body that does it.
 *
 * @param task the task's name
 * @param parameters in the order of the call
 * @param description the docstring, one sentence
 * @param body the reference's lines, without the indentation that all share
 */
record CodeSketch(String task, List<Parameter> parameters, String description, List<String> body) {

    /** What a parameter takes. */
    enum Kind {
        NUMBER,
        TEXT,
        LIST
    }

    /** A named parameter. */
    record Parameter(String name, Kind kind) {}

    /** The body as it stands behind the prompt. */
    String indentedBody() {
        return "    " + String.join("\n    ", body);
    }

    /** The lines of a prompt up to the examples. */
    String header(String function) {
        List<String> names = parameters.stream().map(Parameter::name).toList();
        return "def " + function + "(" + String.join(", ", names) + "):\n    \"\"\"" + description + "\"\"\"\n";
    }
}

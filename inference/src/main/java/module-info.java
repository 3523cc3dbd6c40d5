/** Loads a bundle, routes a prompt and generates an answer; needs nothing but the JDK. */
module io.retort.inference {
    requires static org.jspecify;

    exports io.retort.inference;
    exports io.retort.inference.alphabet;
    exports io.retort.inference.batches;
    exports io.retort.inference.bundles;
    exports io.retort.inference.cli;
    exports io.retort.inference.comparison;
    exports io.retort.inference.constraints;
    exports io.retort.inference.conversations;
    exports io.retort.inference.digests;
    exports io.retort.inference.ensembles;
    exports io.retort.inference.files;
    exports io.retort.inference.http;
    exports io.retort.inference.json;
    exports io.retort.inference.kernels;
    exports io.retort.inference.memory;
    exports io.retort.inference.memory.blocking;
    exports io.retort.inference.routing;
    exports io.retort.inference.schemas;
    exports io.retort.inference.scoring;
    exports io.retort.inference.signing;
    exports io.retort.inference.server;
    exports io.retort.inference.students;
    exports io.retort.inference.tensors;
    exports io.retort.inference.text;
    exports io.retort.inference.tools;
    exports io.retort.inference.tools.blocking;

    uses io.retort.inference.kernels.Kernels;
    uses io.retort.inference.students.StudentFamily;
}

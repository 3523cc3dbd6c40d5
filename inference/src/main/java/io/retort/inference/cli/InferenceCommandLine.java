package io.retort.inference.cli;

import io.retort.inference.Answer;
import io.retort.inference.AnswerJson;
import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleException;
import io.retort.inference.bundles.BundleVerification;
import io.retort.inference.bundles.Finding;
import io.retort.inference.bundles.PrintableText;
import io.retort.inference.bundles.RuntimeVersion;
import io.retort.inference.bundles.Trust;
import io.retort.inference.comparison.BundleComparison;
import io.retort.inference.comparison.ComparedBundle;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.ensembles.TextOptions;
import io.retort.inference.files.BundleDirectory;
import io.retort.inference.files.InvalidKeyFileException;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.memory.MemoryOptions;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.Sampling;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The commands {@code infer}, {@code lines}, {@code verify}, {@code info}, {@code diff}, {@code keygen}, {@code sign} and {@code serve}. An answer goes to standard output byte by byte as it is
 * written, everything about it to standard error.
 *
 * <p>Ends with 0 when done, 2 for wrong usage, a prompt that is no UTF-8 and a bundle that is missing or refused, each with
 * one line that says so, and 3 where standard input or output fail.
 */
public final class InferenceCommandLine {
    /** Done. */
    public static final int DONE = 0;
    /** Wrong usage or bad input. */
    public static final int BAD_INPUT = 2;
    /** A fault that a retry may cure. */
    public static final int FAULT = 3;

    private static final String USAGE = """
            usage: java -jar %s COMMAND
              infer --bundle DIR [OPTIONS] PROMPT                  answer a prompt (- reads it from standard input)
                --json             give the answer and how it came about as JSON
                --max-bytes N      of the answer, 1024 unless given
                --stop TEXT        end before this text
                --json-schema FILE write JSON that matches this schema, and nothing else
                --temperature T    draw at random, 1 as the experts say; 0, the default, always takes the likeliest
                --max-symbols N    of prompt and answer together, 36864 unless given; at most 442368
                --long-prompt WHAT becomes of a longer prompt: refuse, the default, or slide, which drops its start
                --memory-format F  of what is kept of a text: f32, the default, int16 or int8
                --top-p P, --top-k K, --seed N   of the draws: from the likeliest that hold P, from the K likeliest
              %sverify [--json] [--trust WHO] DIR                    say all that is wrong with a bundle
              info [--json] [--trust WHO] DIR                      say what is in a bundle, and who signed it
              diff [--json] [--trust WHO] BEFORE AFTER             say what changed from a bundle to another
              keygen --out FILE                                    make a key to sign with, and FILE.pub, its public key
              sign --key FILE DIR                                  sign a bundle
            --trust WHO, also of infer, refuses what is not signed by WHO: a fingerprint or a public key's file, or several
            with commas between them.
            %sA prompt that does not end with a newline is given one, as the experts expect.
            """;
    static final String PROGRAM = "retort-inference: ";
    private static final Set<String> INFER_OPTIONS = Set.of(
            "bundle",
            "max-bytes",
            "max-symbols",
            "long-prompt",
            "memory-format",
            "stop",
            "json-schema",
            "temperature",
            "top-p",
            "top-k",
            "seed",
            "trust");
    private static final int DEFAULT_MAX_BYTES = 1024;
    private static final int MOST_MAX_BYTES = 32_768;

    private final InputStream in;
    private final OutputStream out;
    private final PrintStream err;

    /**
     * Commands that talk over these streams, which stay open.
     *
     * @param out written to a byte at a time: not buffered where streaming shall be seen
     */
    public InferenceCommandLine(InputStream in, OutputStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** Runs a command and returns the exit code. */
    public int run(String... words) {
        try {
            return dispatch(List.of(words));
        } catch (UsageException | BundleException | InvalidKeyFileException e) {
            err.println(PROGRAM + e.getMessage());
            return BAD_INPUT;
        } catch (IOException | UncheckedIOException e) {
            err.println(PROGRAM + "standard input or output failed: " + e.getMessage());
            return FAULT;
        }
    }

    private int dispatch(List<String> words) throws IOException {
        String command = words.isEmpty() ? "" : words.get(0);
        List<String> rest = words.subList(Math.min(1, words.size()), words.size());
        switch (command) {
            case "infer":
                return infer(Arguments.parse(rest, INFER_OPTIONS, Set.of("json")));
            case "lines":
                return lines(Arguments.parse(rest, Set.of("bundle", "trust"), Set.of()));
            case "verify":
                return verify(Arguments.parse(rest, Set.of("bundle", "trust"), Set.of("json")));
            case "info":
                return info(Arguments.parse(rest, Set.of("bundle", "trust"), Set.of("json")));
            case "diff":
                return diff(Arguments.parse(rest, Set.of("trust"), Set.of("json")));
            case "keygen":
                write(SigningCommands.keygen(Arguments.parse(rest, Set.of("out"), Set.of())));
                return DONE;
            case "sign":
                write(SigningCommands.sign(Arguments.parse(rest, Set.of("bundle", "key"), Set.of())));
                return DONE;
            case "serve":
                ServeCommand.run(rest, err);
                return DONE;
            case "--help", "help":
                write(USAGE.formatted(jar(), LinesCommand.USAGE + "  ", ServeCommand.USAGE));
                return DONE;
            case "--version":
                write(RuntimeVersion.CURRENT + "\n");
                return DONE;
            default:
                throw new UsageException(
                        "expected a command of infer, lines, verify, info, diff, keygen, sign or serve, found "
                                + (command.isEmpty() ? "none" : command) + "; --help says more");
        }
    }

    /** The name of the jar that this runs from, which carries a version. */
    private static String jar() {
        CodeSource source = InferenceCommandLine.class.getProtectionDomain().getCodeSource();
        String location = source == null ? "" : source.getLocation().getPath();
        return location.endsWith(".jar") ? location.substring(location.lastIndexOf('/') + 1) : "retort-inference.jar";
    }

    private int infer(Arguments arguments) throws IOException {
        Path directory = Arguments.path(arguments.required("bundle"));
        Trust trust = SigningCommands.trust(arguments);
        GenerationOptions options = options(arguments);
        if (arguments.operands().size() != 1) {
            throw new UsageException("expected one prompt (in quotes, or - for standard input), found "
                    + arguments.operands().size());
        }
        String operand = arguments.operands().get(0);
        TextOptions texts = TextArguments.of(arguments);
        byte[] prompt = operand.equals("-") ? Prompts.read(in, texts) : Prompts.typed(operand);
        Retort retort = Retort.open(directory, trust, MemoryOptions.UNLIMITED, texts);
        ByteListener listener = arguments.has("json") ? ByteListener.NONE : this::stream;
        Answer answer = generate(retort, prompt, options, listener);
        if (arguments.has("json")) {
            write(AnswerJson.write(retort.bundle(), answer));
            return DONE;
        }
        byte[] bytes = answer.generation().bytes();
        if (bytes.length > 0 && bytes[bytes.length - 1] != '\n') {
            // The answer has no newline of its own, and the table is not to begin on its line.
            err.println();
        }
        err.print(Reports.table(Reports.choices(retort.bundle(), answer.routing())));
        err.println(Reports.ending(answer));
        if (answer.droppedBytes() > 0) {
            err.println("the first " + answer.droppedBytes() + " of the prompt's " + prompt.length
                    + " bytes were dropped: they have no room within " + texts.maxSymbols() + " symbols");
        }
        return DONE;
    }

    private int lines(Arguments arguments) throws IOException {
        Trust trust = SigningCommands.trust(arguments);
        Retort retort = Retort.open(arguments.bundle(), trust, MemoryOptions.UNLIMITED, TextOptions.STANDARD);
        new LinesCommand(retort, DEFAULT_MAX_BYTES, MOST_MAX_BYTES).run(new BufferedInputStream(in), out);
        return DONE;
    }

    private static GenerationOptions options(Arguments arguments) {
        GenerationOptions options = GenerationOptions.greedy(
                new GenerationLimits(arguments.integer("max-bytes", DEFAULT_MAX_BYTES, 1, MOST_MAX_BYTES)));
        try {
            Sampling sampling = new Sampling(
                    arguments.number("temperature", 0),
                    arguments.number("top-p", 1),
                    arguments.integer("top-k", 0, 0, Integer.MAX_VALUE));
            options = options.sampled(sampling, arguments.integer("seed", 0, Integer.MIN_VALUE, Integer.MAX_VALUE));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
        if (arguments.has("json-schema")) {
            Path file = Arguments.path(arguments.required("json-schema"));
            options = options.under(SchemaFile.constraint(file, options.limits().maxBytes()));
        }
        return arguments.has("stop") ? options.stoppingAt(arguments.required("stop")) : options;
    }

    private static Answer generate(Retort retort, byte[] prompt, GenerationOptions options, ByteListener listener) {
        try {
            return retort.generate(prompt, options, ExpertSelection.routed(), listener);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (ArithmeticException e) {
            throw new BundleException(String.valueOf(e.getMessage()), e);
        }
    }

    private int verify(Arguments arguments) throws IOException {
        BundleVerification verification = BundleDirectory.verify(arguments.bundle(), SigningCommands.trust(arguments));
        if (arguments.has("json")) {
            write(Reports.json(verification));
        } else if (verification.passed()) {
            write(verification.location() + ": sound, every file is as its digest says, "
                    + Reports.signer(verification.signer()) + "\n");
        } else {
            for (Finding finding : verification.findings()) {
                err.println(PROGRAM + verification.location() + ": " + finding);
            }
        }
        return verification.passed() ? DONE : BAD_INPUT;
    }

    private int info(Arguments arguments) throws IOException {
        Bundle bundle = BundleDirectory.open(arguments.bundle(), SigningCommands.trust(arguments));
        if (arguments.has("json")) {
            write(Reports.json(bundle));
        } else {
            write(Reports.name(bundle) + ", licence "
                    + PrintableText.of(bundle.manifest().identity().licence()) + ", digest " + bundle.digest() + "\n");
            write(Reports.signer(bundle.signer()) + "\n");
            write(Reports.table(Reports.experts(bundle)));
        }
        return DONE;
    }

    private int diff(Arguments arguments) throws IOException {
        if (arguments.operands().size() != 2) {
            throw new UsageException("expected two bundles' directories, found "
                    + arguments.operands().size());
        }
        Trust trust = SigningCommands.trust(arguments);
        List<ComparedBundle> compared = new ArrayList<>();
        for (String directory : arguments.operands()) {
            compared.add(ComparedBundle.open(new BundleDirectory(Arguments.path(directory)), trust));
        }
        BundleComparison comparison = new BundleComparison(compared.get(0), compared.get(1));
        if (arguments.has("json")) {
            write(DiffReports.json(comparison));
        } else {
            write(DiffReports.text(comparison));
        }
        return DONE;
    }

    private boolean stream(byte value) {
        try {
            out.write(value);
            out.flush();
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(JsonObject json) throws IOException {
        out.write(JsonWriter.indented(json));
        out.flush();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}

package io.retort.jobs.generate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.retort.datasets.corpus.CorpusFile;
import io.retort.datasets.corpus.CorpusManifest;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.DocumentFileReader;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.inference.Answer;
import io.retort.inference.Retort;
import io.retort.inference.bundles.SemanticVersion;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.jobs.bundle.BundleShelf;
import io.retort.jobs.bundle.BundleSpec;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code quickstart} says: all stages, and the bundle's answer to an example of each domain.
 *
 * @param generated what all stages said
 * @param examples one a domain, from the test split
 */
public record Quickstart(GenerateReport generated, List<Example> examples) implements Report {
    private static final int LONGEST_PROMPT = 400;
    private static final int LONGEST_ANSWER_BYTES = 200;
    /** Characters of a prompt and of an answer in a table that fits a terminal. */
    private static final int SHOWN_OF_PROMPT = 30;

    private static final int SHOWN_OF_ANSWER = 22;

    public Quickstart {
        examples = List.copyOf(examples);
    }

    /**
     * An example.
     *
     * @param prompt of the test split
     * @param expected the document's answer
     * @param answer what the bundle wrote
     * @param expert which had the largest weight
     * @param weight of that expert
     */
    public record Example(String domain, String prompt, String expected, String answer, String expert, double weight) {}

    /** Lets the bundle of a pipeline answer examples. */
    public static Quickstart of(BundleSpec spec, GenerateReport generated) throws IOException {
        Storage storage = StorageSettings.ofProcess().open();
        Location corpus = spec.workspace().corpus(spec.evaluation().corpus().corpusId());
        CorpusManifest manifest = CorpusManifest.read(storage, corpus);
        List<Example> examples = new ArrayList<>();
        Retort retort;
        try (BundleShelf shelf = BundleShelf.of(storage, spec.workspace(), spec.name())) {
            retort = Retort.open(
                    shelf.open(SemanticVersion.parse(generated.bundle().version())));
        }
        for (String domain : manifest.domains()) {
            document(storage, corpus, manifest.files(domain, Split.TEST))
                    .ifPresent(document -> examples.add(example(retort, document)));
        }
        return new Quickstart(generated, examples);
    }

    /** The first document with a prompt that fits a screen. */
    private static Optional<Document> document(Storage storage, Location corpus, List<CorpusFile> files)
            throws IOException {
        for (CorpusFile file : files) {
            try (DocumentFileReader reader = new DocumentFileReader(storage, corpus.resolve(file.path()))) {
                for (Optional<Document> next = reader.next(); next.isPresent(); next = reader.next()) {
                    int length = next.get().prompt().length();
                    if (length > 0 && length <= LONGEST_PROMPT) {
                        return next;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Example example(Retort retort, Document document) {
        byte[] prompt = document.prompt().getBytes(StandardCharsets.UTF_8);
        Answer answer = retort.generate(prompt, new GenerationLimits(LONGEST_ANSWER_BYTES));
        return new Example(
                document.domain(),
                document.prompt(),
                document.answer(),
                new String(answer.generation().bytes(), StandardCharsets.UTF_8),
                answer.routing().choices().get(0).expert(),
                answer.routing().choices().get(0).weight());
    }

    @Override
    @JsonProperty
    public String job() {
        return "quickstart";
    }

    @Override
    @JsonProperty
    public String id() {
        return generated.id();
    }

    @Override
    @JsonProperty
    public Completion completion() {
        return generated.completion();
    }

    @Override
    public List<Table> tables() {
        return List.of(new Table(
                "One prompt of the test split a domain, answered by the bundle",
                List.of("domain", "end of the prompt", "answer", "expected", "answered by"),
                examples.stream().map(Quickstart::row).toList()));
    }

    private static List<String> row(Example example) {
        return List.of(
                example.domain(),
                lastPart(example.prompt()),
                firstPart(example.answer()),
                firstPart(example.expected()),
                example.expert() + " " + Figures.decimal(example.weight(), 2));
    }

    private static String lastPart(String text) {
        String line = text.strip().replaceAll("\\s*\n\\s*", " ⏎ ");
        return line.length() <= SHOWN_OF_PROMPT ? line : "…" + line.substring(line.length() - SHOWN_OF_PROMPT + 1);
    }

    private static String firstPart(String text) {
        String line = text.replaceAll("\\s*\n\\s*", " ⏎ ");
        return line.length() <= SHOWN_OF_ANSWER ? line : line.substring(0, SHOWN_OF_ANSWER - 1) + "…";
    }

    @Override
    public String render() {
        return generated.render() + "\n\n" + Report.super.render() + "\n\nAsk a prompt of your own:\n  bin/retort infer"
                + " --bundle " + generated.bundle().directory() + " \"" + ownPrompt() + "\"";
    }

    private String ownPrompt() {
        return examples.stream()
                .map(example -> example.prompt().strip())
                .filter(prompt -> prompt.matches("[A-Za-z0-9 .,?+*=-]{1,80}"))
                .findFirst()
                .orElse("your prompt");
    }
}

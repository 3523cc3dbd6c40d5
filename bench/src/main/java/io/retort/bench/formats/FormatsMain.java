package io.retort.bench.formats;

import io.retort.bench.BenchTexts;
import io.retort.bench.formats.LogitStorage.Stored;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.logits.EntrySelection;
import io.retort.datasets.logits.LogitSettings;
import io.retort.distill.teachers.NanoTeacher;
import io.retort.distill.teachers.Teacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints the table of {@code docs/logit-sizes.md}: bytes a token against what is lost, for every format and setting. */
public final class FormatsMain {
    private static final int TOKENS_A_DOMAIN = 4000;
    private static final int TOKENS_OF_A_TEXT = 24_000;
    private static final int ZSTD_LEVEL = LogitSettings.defaults().zstdLevel();

    private FormatsMain() {}

    /**
     * Without arguments the embedded teacher on the generated suites. With a checkpoint's directory, a tokenizer.json and
     * a text file, that teacher as transformers runs it.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 3) {
            print(
                    Path.of(arguments[0]).getFileName() + " on "
                            + Path.of(arguments[2]).getFileName(),
                    TransformersTeacher.teach(
                            arguments[0], arguments[1], Files.readString(Path.of(arguments[2])), TOKENS_OF_A_TEXT));
            return;
        }
        try (Teacher teacher = NanoTeacher.embedded()) {
            List<Document> documents = BenchTexts.validation(teacher.tokenizer(), TOKENS_A_DOMAIN);
            print("nano on the generated suites", TaughtText.of(teacher, documents));
        }
    }

    private static void print(String title, TaughtText text) {
        System.out.printf(
                Locale.ROOT,
                "%n### %s%n%,d tokens, vocabulary %,d, entropy %.3f nats a token%n%n",
                title,
                text.tokens(),
                text.vocabulary(),
                text.entropyNats());
        System.out.println(
                "| format and setting | entries | bytes a token | KL, rest even (95%) | KL, rest modelled (95%) |");
        System.out.println("| --- | ---: | ---: | ---: | ---: |");
        for (LogitStorage storage : storages()) {
            Stored stored = storage.store(text);
            Fidelity fidelity = Fidelity.of(text, stored);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %s | %s |%n",
                    storage.name(),
                    (double) stored.entries() / text.tokens(),
                    (double) stored.fileBytes() / text.tokens(),
                    shown(MeanInterval.of(fidelity.evenRest())),
                    shown(MeanInterval.of(fidelity.modelledRest())));
        }
    }

    private static String shown(MeanInterval interval) {
        return String.format(Locale.ROOT, "%.4f (%.4f to %.4f)", interval.mean(), interval.low(), interval.high());
    }

    private static List<LogitStorage> storages() {
        List<LogitStorage> storages = new ArrayList<>();
        for (EntrySelection selection : List.of(
                LogitSettings.defaults().selection(),
                new EntrySelection.MostLikely(0.99, 4, 64),
                new EntrySelection.MostLikely(0.995, 4, 64),
                new EntrySelection.MostLikely(0.995, 4, 128),
                new EntrySelection.MostLikely(0.999, 4, 255),
                EntrySelection.fixed(20),
                EntrySelection.fixed(50),
                EntrySelection.fixed(128),
                new EntrySelection.Sampled(50, 1))) {
            storages.add(new RetortStorage(new LogitSettings(selection, ZSTD_LEVEL)));
        }
        storages.add(DistillKitStorage.budget());
        storages.add(DistillKitStorage.exactFifty());
        storages.add(DistillKitStorage.recommended());
        storages.add(new MegatronStorage(50, 1));
        storages.add(new MegatronStorage(128, 1));
        storages.add(new MegatronStorage(128, 0.995));
        return storages;
    }
}

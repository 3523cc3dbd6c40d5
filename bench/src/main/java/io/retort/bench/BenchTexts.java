package io.retort.bench;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.suites.Suite;
import io.retort.datasets.suites.Suites;
import io.retort.datasets.tokenizers.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/** Texts to measure on. */
public final class BenchTexts {
    private static final long SEED = 1;
    private static final int PASSAGE = 1000;

    private BenchTexts() {}

    /** Documents of the validation split of every generated suite, each suite's until it has so many tokens. */
    public static List<Document> validation(Tokenizer tokenizer, int tokensADomain) {
        List<Document> documents = new ArrayList<>();
        for (Suite suite : Suites.all()) {
            int tokens = 0;
            for (long index = 0; tokens < tokensADomain; index++) {
                Document document = suite.document(SEED, index);
                if (document.split() == Split.VALIDATION) {
                    documents.add(document);
                    tokens += tokenizer.encode(document.text()).length + 1;
                }
            }
        }
        return documents;
    }

    /** A text's paragraphs in order, together in documents of at least 1,000 characters. */
    public static List<Document> passages(String text) {
        List<Document> documents = new ArrayList<>();
        StringBuilder passage = new StringBuilder();
        for (String paragraph : text.split("\n\\s*\n", -1)) {
            passage.append(passage.isEmpty() ? "" : "\n\n").append(paragraph.strip());
            if (passage.length() >= PASSAGE) {
                documents.add(Document.of("language", "passages", "", passage.toString(), List.of()));
                passage.setLength(0);
            }
        }
        return documents;
    }
}

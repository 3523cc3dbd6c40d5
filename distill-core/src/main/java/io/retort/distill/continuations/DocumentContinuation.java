package io.retort.distill.continuations;

import io.retort.datasets.corpus.Document;
import io.retort.distill.continuations.Author.Prompt.Kind;
import io.retort.distill.teachers.DrawnText;
import io.retort.inference.Retort;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Has an author write on from the prompts of documents. A new document has the prompt, the task and the split of the old one
 * and an answer that the author wrote; where the old one is a text without a prompt, it begins with the head of that text.
 *
 * <p>What is written depends on the author, the settings and the document alone, up to what {@link
 * io.retort.distill.teachers.GenerativeTeacher#sample} says of batches.
 */
public final class DocumentContinuation {
    /** Multiplier of the sum over an id's bytes: that of 64-bit FNV-1a. */
    private static final long PRIME = 0x100000001B3L;

    private final Author author;
    private final ContinuationSettings settings;
    private final Judge judge;

    /** Says whether an answer is one to keep. */
    @FunctionalInterface
    public interface Judge {
        /** Keeps every answer. */
        Judge LENIENT = (document, answer) -> true;

        /** Whether the answer to this document's prompt is one to keep. */
        boolean accepts(Document document, String answer);
    }

    /** @param judge asked about answers to prompts, not about texts without one */
    public DocumentContinuation(Author author, ContinuationSettings settings, Judge judge) {
        this.author = author;
        this.settings = settings;
        this.judge = judge;
    }

    /** Continuations of each document, as many as {@link ContinuationSettings#samples}, document after document. */
    public List<Continuation> continuations(List<Document> documents) {
        List<Author.Prompt> prompts = new ArrayList<>();
        long[] seeds = new long[documents.size() * settings.samples()];
        for (Document document : documents) {
            Author.Prompt prompt = prompt(document);
            for (int sample = 0; sample < settings.samples(); sample++) {
                seeds[prompts.size()] = seed(document, sample);
                prompts.add(prompt);
            }
        }
        List<DrawnText> texts = author.write(prompts, seeds, settings.sampling(), settings.limits());
        List<Continuation> continuations = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            continuations.add(continuation(
                    documents.get(i / settings.samples()), prompts.get(i).text(), texts.get(i)));
        }
        return continuations;
    }

    /** What the author is given of a document: its prompt, or the head of its text. */
    private Author.Prompt prompt(Document document) {
        if (!document.prompt().isEmpty()) {
            return new Author.Prompt(document.prompt(), Kind.QUESTION);
        }
        String text = document.answer();
        int characters = (int) (settings.textShare() * text.codePointCount(0, text.length()));
        return new Author.Prompt(text.substring(0, text.offsetByCodePoints(0, characters)), Kind.HEAD);
    }

    private long seed(Document document, int sample) {
        long seed = settings.seed();
        for (byte b : document.id().getBytes(StandardCharsets.US_ASCII)) {
            seed = (seed ^ b) * PRIME;
        }
        return (seed ^ sample) * PRIME;
    }

    private Continuation continuation(Document document, String prompt, DrawnText text) {
        byte[] bytes = text.bytes();
        if (text.end() != DrawnText.End.FINISHED) {
            return Continuation.dropped(text.end() == DrawnText.End.CUT ? Fate.UNFINISHED : Fate.REFUSED, bytes.length);
        }
        if (bytes.length == 0) {
            return Continuation.dropped(Fate.EMPTY, 0);
        }
        if (Utf8.firstInvalid(bytes) >= 0) {
            return Continuation.dropped(Fate.INVALID_UTF8, bytes.length);
        }
        String written = Utf8.decode(bytes);
        boolean answers = !document.prompt().isEmpty();
        Document other = document.withAnswer(answers ? written : prompt + written);
        if (Alphabet.encodedLength(other.text().getBytes(StandardCharsets.UTF_8)) >= Retort.MAX_SYMBOLS) {
            return Continuation.dropped(Fate.TOO_LONG, bytes.length);
        }
        return answers && !judge.accepts(document, written)
                ? Continuation.dropped(Fate.WRONG, bytes.length)
                : Continuation.kept(other, bytes.length);
    }
}

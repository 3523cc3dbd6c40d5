package io.retort.jobs.teachers;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.logits.Chunk;
import io.retort.datasets.logits.Chunker;
import io.retort.datasets.logits.TokenisedDocument;
import io.retort.distill.teachers.Teacher;
import io.retort.distill.teachers.TeacherComparison;
import io.retort.distill.teachers.TeacherComparison.Divergence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares the teacher with a reference on a sample of a corpus, such as a served model with its checkpoint. */
public final class ReferenceCheck {
    private final Teacher reference;
    private final Teacher teacher;

    /** A check of {@code teacher} against {@code reference}. */
    public ReferenceCheck(Teacher reference, Teacher teacher) {
        this.reference = reference;
        this.teacher = teacher;
    }

    /**
     * How far a teacher is from its references on documents of a corpus; nothing where it has none.
     *
     * @param sample gives so many documents
     */
    public static List<Divergence> all(TeacherSource source, Sample sample) throws IOException {
        List<Divergence> divergences = new ArrayList<>();
        if (source instanceof Served served) {
            for (Served.Reference reference : served.references()) {
                Teacher checkpoint = new TeacherSource.Directory(reference.directory()).shared();
                divergences.add(
                        new ReferenceCheck(checkpoint, source.shared()).on(sample.documents(reference.documents())));
            }
        }
        return divergences;
    }

    /** Draws documents of a corpus. */
    @FunctionalInterface
    public interface Sample {
        /** At most so many, the same every time. */
        List<Document> documents(int most) throws IOException;
    }

    /**
     * KL(reference ‖ teacher) on the first chunk of each document, cut to fit both.
     *
     * @throws io.retort.distill.teachers.UnsuitableTeacherException if their tokenizers differ, or fewer than two chunks
     *     are scored by both
     */
    public Divergence on(List<Document> sample) {
        Chunker chunker = Chunker.fitting(Math.min(reference.contextTokens(), teacher.contextTokens()));
        List<int[]> chunks = sample.stream()
                .map(document -> TokenisedDocument.of(document, teacher.tokenizer()))
                .filter(tokenised -> tokenised.mismatch().isEmpty())
                .map(tokenised -> chunker.chunks(tokenised).get(0))
                .map(Chunk::ids)
                .toList();
        return TeacherComparison.compare(reference, teacher, chunks);
    }

    /** One line for people. */
    public static String render(Divergence divergence) {
        return String.format(
                Locale.ROOT,
                "the server is %.2g nats a token from the reference (95%%: %.2g to %.2g, %d tokens of %d chunks; an actual token's"
                        + " log-probability is off by %.2g at most)",
                divergence.klNatsPerToken(),
                divergence.low(),
                divergence.high(),
                divergence.tokens(),
                divergence.sequences(),
                divergence.largestDifference());
    }
}

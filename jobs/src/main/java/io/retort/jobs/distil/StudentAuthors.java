package io.retort.jobs.distil;

import io.retort.distill.continuations.Author;
import io.retort.distill.continuations.StudentAuthor;
import io.retort.jobs.config.Settings;
import io.retort.jobs.continuations.Authors;
import io.retort.jobs.continuations.ContinuationSpec;
import io.retort.jobs.continuations.Originals;
import io.retort.jobs.prepare.PrepareSpec;
import io.retort.jobs.teach.TeachSpec;
import io.retort.jobs.workspaces.StorageSettings;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Trained experts as authors, each of its own domain: on-policy distillation, in which the teacher scores what students
 * themselves write ("On-Policy Distillation of Language Models", Agarwal et al.).
 *
 * @param students the experts
 * @param expertsId the id of all of them together
 */
public record StudentAuthors(Fleet students, String expertsId) implements Authors {
    /** What is taught when the experts that the settings train continue the corpus' prompts. */
    public static TeachSpec teaching(Settings settings) {
        DistilSpec experts = DistilSpec.of(settings);
        return experts.bytes().logits().of(corpus(settings, experts));
    }

    /** What is taught in the round after one: what its experts write, and the corpus' own texts beside it. */
    static TeachSpec nextRound(Settings settings, DistilSpec experts) {
        return experts.bytes().logits().of(corpus(settings, experts).with(Originals.KEPT));
    }

    private static ContinuationSpec corpus(Settings settings, DistilSpec experts) {
        StudentAuthors authors =
                new StudentAuthors(Fleet.distilled(experts, StorageSettings.ofProcess()), experts.distilledId());
        return ContinuationSpec.of(settings, PrepareSpec.of(settings), authors);
    }

    @Override
    public Author of(String domain) {
        return new StudentAuthor(students.student(domain));
    }

    @Override
    public SortedMap<String, String> identity() {
        return new TreeMap<>(Map.of("author", "students", "author-digest", expertsId));
    }

    @Override
    public Effort effort() {
        return Effort.OF_TASKS;
    }

    @Override
    public String name() {
        return "students " + expertsId;
    }
}

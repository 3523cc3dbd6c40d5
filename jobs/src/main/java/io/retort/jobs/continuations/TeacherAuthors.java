package io.retort.jobs.continuations;

import io.retort.datasets.storage.Storage;
import io.retort.distill.continuations.Author;
import io.retort.distill.continuations.TeacherAuthor;
import io.retort.jobs.teachers.Served;
import io.retort.jobs.teachers.TeacherIdentity;
import io.retort.jobs.teachers.TeacherSource;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One teacher for all domains.
 *
 * @param teacher where it is
 * @param what it is
 */
public record TeacherAuthors(TeacherSource teacher, TeacherIdentity what) implements Authors {
    @Override
    public Author of(String domain) {
        return new TeacherAuthor(teacher.shared());
    }

    @Override
    public SortedMap<String, String> identity() {
        return new TreeMap<>(Map.of("author", "teacher " + what.name(), "author-digest", what.digest()));
    }

    @Override
    public Effort effort() {
        return teacher instanceof Served ? Effort.OF_A_SERVER : Effort.OF_TASKS;
    }

    @Override
    public void begin(Storage storage) throws IOException {
        teacher.confirm();
        teacher.keep(storage);
    }

    @Override
    public String name() {
        return "teacher " + what.name();
    }
}

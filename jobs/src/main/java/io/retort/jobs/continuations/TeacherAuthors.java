package io.retort.jobs.continuations;

import io.retort.distill.continuations.Author;
import io.retort.distill.continuations.TeacherAuthor;
import io.retort.jobs.teachers.TeacherIdentity;
import io.retort.jobs.teachers.TeacherSource;
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
    public String name() {
        return "teacher " + what.name();
    }
}

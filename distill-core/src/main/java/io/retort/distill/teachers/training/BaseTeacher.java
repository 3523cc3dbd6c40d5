package io.retort.distill.teachers.training;

import io.retort.datasets.tokenizers.BytePairTokenizer;
import io.retort.distill.teachers.NanoTeacher;
import io.retort.distill.teachers.nano.NanoCheckpoint;
import java.nio.file.Path;

/**
 * A teacher that is trained further.
 *
 * @param checkpoint its config and weights
 * @param tokenizer its tokenizer, which stays
 * @param digest of all its files
 */
public record BaseTeacher(NanoCheckpoint checkpoint, BytePairTokenizer tokenizer, String digest) {
    /**
     * The teacher of a checkpoint directory.
     *
     * @throws io.retort.datasets.InvalidDataException if it is none of this architecture, damaged, or its tokenizer is
     *     another model's
     */
    public static BaseTeacher load(Path directory) {
        try (NanoTeacher teacher = NanoTeacher.load(directory)) {
            return of(teacher);
        }
    }

    /** The teacher that ships with the project. */
    public static BaseTeacher embedded() {
        try (NanoTeacher teacher = NanoTeacher.embedded()) {
            return of(teacher);
        }
    }

    private static BaseTeacher of(NanoTeacher teacher) {
        return new BaseTeacher(
                teacher.checkpoint(), teacher.tokenizer(), teacher.description().digest());
    }
}

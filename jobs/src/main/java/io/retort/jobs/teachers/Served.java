package io.retort.jobs.teachers;

import com.fasterxml.jackson.annotation.JsonValue;
import com.typesafe.config.Config;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.GenerativeTeacher;
import io.retort.distill.teachers.Teachers;
import io.retort.distill.teachers.served.ProtocolChoice;
import io.retort.distill.teachers.served.ServedSettings;
import io.retort.distill.teachers.served.ServedTeacher;
import io.retort.distill.teachers.served.TeacherProbe;
import io.retort.distill.teachers.served.Traffic;
import io.retort.jobs.config.Choices;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A teacher behind HTTP. The driver probes the server once; every process that opens it after that makes sure that the same
 * model answers. The server's key is no part of this: each process reads it from its own environment.
 *
 * @param settings which server, and how to ask
 * @param tokenizer directory of the model's tokenizer, which every executor can read
 * @param probe what the driver found the server to be
 * @param references what to compare it with before it teaches: at most one
 */
public record Served(ServedSettings settings, String tokenizer, TeacherProbe probe, List<Reference> references)
        implements TeacherSource {
    /**
     * What a served model is compared with.
     *
     * @param directory of a checkpoint
     * @param documents how many are scored by both
     */
    public record Reference(String directory, int documents) implements Serializable {
        public Reference {
            if (documents < 2 || documents > 10_000) {
                throw new IllegalArgumentException(
                        "expected retort.teacher.reference-documents from 2 to 10000, found " + documents);
            }
        }

        private static List<Reference> of(Config teacher) {
            String directory = teacher.getString("reference");
            return directory.isEmpty()
                    ? List.of()
                    : List.of(new Reference(directory, teacher.getInt("reference-documents")));
        }
    }

    /** What a process opens a teacher by; the probe is what comes of it. */
    private record Key(ServedSettings settings, String tokenizer) {}

    static Served of(Config teacher) {
        String tokenizer = teacher.getString("tokenizer");
        if (tokenizer.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected the directory of the served model's tokenizer in retort.teacher.tokenizer, found none");
        }
        ServedSettings settings = new ServedSettings(
                url(teacher.getString("url")),
                Choices.of(ProtocolChoice.class, "retort.teacher.protocol", teacher.getString("protocol")),
                teacher.getString("model"),
                teacher.getInt("entries"),
                teacher.getInt("context-tokens"),
                new Traffic(
                        teacher.getInt("in-flight"),
                        teacher.getInt("attempts"),
                        Duration.ofSeconds(teacher.getInt("timeout-seconds")),
                        Duration.ofMillis(teacher.getInt("first-pause-millis")),
                        teacher.getString("key-variable")));
        GenerativeTeacher opened = OpenTeachers.of(
                new Key(settings, tokenizer), () -> ServedTeacher.open(settings, tokenizerIn(tokenizer)));
        return new Served(settings, tokenizer, ((ServedTeacher) opened).probe(), Reference.of(teacher));
    }

    private static URI url(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected a url in retort.teacher.url, found " + url.length() + " characters that are none", e);
        }
    }

    /** The one place that opens a served model's tokenizer. */
    private static Tokenizer tokenizerIn(String directory) {
        return Teachers.tokenizer(Path.of(directory));
    }

    @Override
    public GenerativeTeacher shared() {
        return OpenTeachers.of(
                new Key(settings, tokenizer), () -> ServedTeacher.open(settings, tokenizerIn(tokenizer), probe));
    }

    @Override
    @JsonValue
    public String place() {
        return settings.url() + " " + probe.facts().model() + " ("
                + probe.facts().server() + ")";
    }
}

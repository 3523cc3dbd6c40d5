package io.retort.jobs.continuations;

import com.typesafe.config.Config;
import io.retort.datasets.storage.Storage;
import io.retort.distill.continuations.Author;
import io.retort.jobs.config.Settings;
import io.retort.jobs.teachers.TeacherIdentity;
import io.retort.jobs.teachers.TeacherSource;
import java.io.IOException;
import java.io.Serializable;
import java.util.SortedMap;

/** Who writes, in a form that a task can carry. */
public interface Authors extends Serializable {
    /** The chat model that the settings name, or else the teacher that scores. */
    static Authors of(Settings settings, TeacherSource teacher, TeacherIdentity identity) {
        Config chat = settings.config().getConfig("teach.continuations.chat");
        return chat.getString("url").isEmpty() ? new TeacherAuthors(teacher, identity) : ChatAuthors.of(chat);
    }

    /**
     * The author of a domain, opened when it is first asked for and shared by all who ask in this process: any number of
     * tasks at once.
     */
    Author of(String domain);

    /** What decides, besides the settings, what is written: goes into the corpus' id and its manifest. Nothing secret. */
    SortedMap<String, String> identity();

    /** What reports call it. */
    String name();

    /** What it takes to write. */
    Effort effort();

    /** Makes sure, before any text, that these authors answer, and keeps what later stages need to know of them. */
    default void begin(Storage storage) throws IOException {}

    /** What it takes to write. */
    enum Effort {
        /** Computed by tasks, as many at once as there are. */
        OF_TASKS,
        /** Asked of a server, so many at once however many tasks there are. */
        OF_A_SERVER,
        /** Asked of a server that others run, whose answers may cost money: no sample is asked for. */
        BOUGHT
    }
}

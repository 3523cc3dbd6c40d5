package io.retort.jobs.continuations;

import com.typesafe.config.Config;
import io.retort.distill.continuations.Author;
import io.retort.jobs.config.Settings;
import io.retort.jobs.teachers.TeacherIdentity;
import io.retort.jobs.teachers.TeacherSource;
import java.io.Serializable;
import java.util.SortedMap;

/** Who writes, in a form that a task can carry. */
public interface Authors extends Serializable {
    /** The chat model that the settings name, or else the teacher that scores. */
    static Authors of(Settings settings, TeacherSource teacher, TeacherIdentity identity) {
        Config chat = settings.config().getConfig("teach.continuations.chat");
        return chat.getString("url").isEmpty() ? new TeacherAuthors(teacher, identity) : ChatAuthors.of(chat);
    }

    /** The author of a domain, opened when it is first asked for and shared by all who ask in this process. */
    Author of(String domain);

    /** What decides, besides the settings, what is written: goes into the corpus' id and its manifest. Nothing secret. */
    SortedMap<String, String> identity();

    /** What reports call it. */
    String name();
}

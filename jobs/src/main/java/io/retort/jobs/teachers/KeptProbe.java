package io.retort.jobs.teachers;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.teachers.served.ServedSettings;
import io.retort.distill.teachers.served.TeacherProbe;
import io.retort.jobs.workspaces.ContentId;
import io.retort.jobs.workspaces.Json;
import io.retort.jobs.workspaces.Workspace;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** What a server was found to be, in a file of the workspace that is named by who was asked for what. */
final class KeptProbe {
    private final Location file;

    /** The file for these settings; how requests are sent is no part of its name. */
    KeptProbe(Workspace workspace, ServedSettings settings, String tokenizerDigest) {
        this.file = workspace.teacher(ContentId.of(
                "teacher",
                Map.of(
                        "url", settings.url().toString(),
                        "protocol", settings.protocol().name(),
                        "model", settings.model(),
                        "entries", settings.entries(),
                        "contextTokens", settings.contextTokens(),
                        "tokenizer", tokenizerDigest)));
    }

    Location file() {
        return file;
    }

    /**
     * The probe, if there is one.
     *
     * @throws io.retort.datasets.InvalidDataException if the file holds anything else
     */
    Optional<TeacherProbe> read(Storage storage) throws IOException {
        return storage.exists(file) ? Optional.of(Json.read(storage, file, TeacherProbe.class)) : Optional.empty();
    }

    void write(Storage storage, TeacherProbe probe) throws IOException {
        Json.write(storage, file, probe);
    }
}

package io.retort.jobs.tasks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.retort.distill.teachers.served.EndpointIdentity;
import io.retort.distill.teachers.served.EndpointSettings;
import io.retort.eval.tasks.TaskModel;
import io.retort.inference.ExpertSelection;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.files.BundleDirectory;
import io.retort.inference.scoring.ContextUse;
import io.retort.jobs.evaluate.BundleFiles;
import io.retort.jobs.teachers.TeacherSource;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;

/** What answers tasks, in a form that Spark's tasks carry. */
public sealed interface TaskSubject extends Serializable {
    /** Its name in reports. */
    String name();

    /** What its answers depend on. */
    String digest();

    /** The model, opened once in a process. */
    TaskModel open();

    /**
     * A bundle, whose files are in memory: a megabyte or two, so that no executor needs its directory.
     *
     * @param expert that answers alone; an empty text for the routed ensemble
     * @param use of contexts
     */
    record OfBundle(String name, String digest, @JsonIgnore BundleFiles files, String expert, ContextUse use)
            implements TaskSubject {
        /**
         * The bundle in a directory.
         *
         * @throws IllegalArgumentException for an expert that it does not have
         */
        static OfBundle at(Path directory, Optional<String> expert, ContextUse use) {
            Bundle bundle = BundleDirectory.open(directory);
            expert.ifPresent(id -> {
                if (bundle.experts().stream().noneMatch(each -> each.id().equals(id))) {
                    throw new IllegalArgumentException("expected one of the experts "
                            + bundle.experts().stream().map(each -> each.id()).toList() + ", found " + id);
                }
            });
            BundleFiles files = BundleFiles.read(new BundleDirectory(directory));
            String name = bundle.manifest().identity().name()
                    + expert.map(id -> "/" + id).orElse("");
            return new OfBundle(name, bundle.digest(), files, expert.orElse(""), use);
        }

        @Override
        public TaskModel open() {
            ExpertSelection selection = expert.isEmpty() ? ExpertSelection.routed() : new ExpertSelection.Fixed(expert);
            return new BundleTaskModel(files.retort(), selection, use, name);
        }
    }

    /**
     * A model behind OpenAI's completions.
     *
     * @param digest of what the server says of it and of how likely a fixed text is to it; where it is served makes no difference
     */
    record OfEndpoint(
            String name,
            String digest,
            @JsonIgnore EndpointSettings settings,
            @JsonIgnore EndpointIdentity identity) implements TaskSubject {
        /**
         * The model that answers now.
         *
         * @throws io.retort.distill.teachers.UnsuitableTeacherException if the server does not serve it, or cannot score
         */
        static OfEndpoint at(EndpointSettings settings) {
            EndpointIdentity identity = OpenEndpoints.identity(settings);
            return new OfEndpoint(identity.model(), identity.digest(), settings, identity);
        }

        @Override
        public TaskModel open() {
            return new EndpointTaskModel(OpenEndpoints.shared(settings, identity));
        }
    }

    /** The teacher. */
    record OfTeacher(TeacherSource source, String digest) implements TaskSubject {
        static OfTeacher of(TeacherSource source) {
            source.confirm();
            return new OfTeacher(source, source.identity().digest());
        }

        @Override
        public String name() {
            return "teacher";
        }

        @Override
        public TaskModel open() {
            return new TeacherTaskModel(source.shared());
        }
    }
}

package io.retort.jobs.tasks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.eval.tasks.InstanceMaker;
import io.retort.eval.tasks.TaskDefinition;
import io.retort.eval.tasks.TaskDocuments;
import io.retort.eval.tasks.TaskInstance;
import io.retort.eval.tasks.TaskReader;
import io.retort.inference.digests.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A task with its data, by digest, in a form that Spark's tasks carry.
 *
 * @param file its name
 * @param yaml its bytes
 * @param dataSha256 of its data files, by name
 */
public record TaskFile(String file, @JsonIgnore byte[] yaml, String yamlSha256, TreeMap<String, String> dataSha256)
        implements Serializable {
    private static final int LARGEST_TASK = 2 << 20;
    private static final int LARGEST_DATA = 512 << 20;

    /**
     * The tasks of a YAML file, or of all those in a directory, by name.
     *
     * @throws IllegalArgumentException for a file that is none, with the place, and for two tasks of one name
     */
    static List<TaskFile> below(Path place) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(place)) {
            try (Stream<Path> listed = Files.list(place)) {
                listed.filter(file -> file.toString().endsWith(".yaml"))
                        .sorted()
                        .forEach(files::add);
            }
        } else {
            files.add(place);
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("expected tasks (*.yaml) in " + place + ", found none");
        }
        List<TaskFile> tasks = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Path file : files) {
            TaskFile task = of(file);
            if (!names.add(task.definition().name())) {
                throw new IllegalArgumentException(file + ": expected a task of its own name, found "
                        + task.definition().name() + " again");
            }
            tasks.add(task);
        }
        return tasks;
    }

    private static TaskFile of(Path file) throws IOException {
        byte[] yaml = bounded(file, LARGEST_TASK);
        TreeMap<String, String> digests = new TreeMap<>();
        TaskDefinition task = TaskReader.read(file.toString(), yaml);
        for (List<String> names : task.data().values()) {
            for (String name : names) {
                digests.put(name, Sha256.hex(bounded(Path.of(name), LARGEST_DATA)));
            }
        }
        return new TaskFile(file.toString(), yaml, Sha256.hex(yaml), digests);
    }

    private static byte[] bounded(Path file, int most) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("expected a file at " + file + " (from "
                    + Path.of("").toAbsolutePath() + "), found " + (Files.exists(file) ? "something else" : "nothing"));
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new IllegalArgumentException("expected at most " + most + " bytes in " + file + ", found more");
            }
            return bytes;
        }
    }

    TaskDefinition definition() {
        return TaskReader.read(file, yaml);
    }

    /**
     * What a task asks.
     *
     * @param instances of its first documents
     * @param original how many documents it has
     */
    record Questions(List<TaskInstance> instances, long original) {}

    /** What the task asks about its first {@code limit} documents. */
    Questions questions(long limit) throws IOException {
        TaskDefinition task = definition();
        List<ObjectNode> asked =
                documents(task.data().getOrDefault(task.splits().asked(), List.of()));
        boolean same = task.splits().asked().equals(task.splits().examples())
                || task.fewshot().count() == 0;
        List<ObjectNode> examples =
                same ? asked : documents(task.data().getOrDefault(task.splits().examples(), List.of()));
        return new Questions(InstanceMaker.of(task, asked, examples, limit), asked.size());
    }

    private static List<ObjectNode> documents(List<String> names) throws IOException {
        List<byte[]> files = new ArrayList<>();
        for (String name : names) {
            files.add(bounded(Path.of(name), LARGEST_DATA));
        }
        return TaskDocuments.read(names, files);
    }
}

package io.retort.jobs.mlflow;

import io.retort.jobs.registry.PublishedBundle;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A bundle as a model of MLflow: the bundle, the jar that answers from it, the Python that keeps the jar's process, and
 * {@code MLmodel} with signature and input example. JSON is YAML, so that {@code MLmodel} is written as JSON.
 */
final class ModelFiles {
    private static final String LOADER = "retort_bundle";
    private static final String DATA = "data";
    /** Where the bundle is among the files. */
    static final String BUNDLE = DATA + "/bundle";

    private static final String EXAMPLE = "2 + 2 =";
    private static final String MLFLOW = "3.17.2";

    private ModelFiles() {}

    /** The bundle's files by their paths. */
    static SortedMap<String, Path> bundle(Path directory) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        for (Path file : files(directory)) {
            files.put(BUNDLE + "/" + directory.relativize(file).toString().replace('\\', '/'), file);
        }
        return files;
    }

    /**
     * All other files by their paths.
     *
     * @param modelId MLflow's id of the logged model
     * @param run the run it belongs to
     */
    static SortedMap<String, byte[]> of(PublishedBundle bundle, String modelId, String run, Instant now)
            throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(DATA + "/retort-inference.jar", InferenceJar.bytes());
        files.put("code/" + LOADER + ".py", loader());
        files.put("input_example.json", json(example()));
        files.put("serving_input_example.json", json(Map.of("dataframe_split", example())));
        files.put("requirements.txt", text("mlflow==" + MLFLOW + "\npandas\n"));
        files.put(
                "python_env.yaml",
                text("python: \"3.11\"\nbuild_dependencies: [pip]\ndependencies: [-r requirements.txt]\n"));
        files.put("MLmodel", json(model(bundle, modelId, run, now)));
        return files;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static byte[] loader() throws IOException {
        try (InputStream in = ModelFiles.class.getResourceAsStream(LOADER + ".py")) {
            if (in == null) {
                throw new IllegalStateException("expected " + LOADER + ".py in the jobs jar");
            }
            return in.readAllBytes();
        }
    }

    private static Map<String, Object> example() {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("columns", List.of("prompt"));
        example.put("data", List.of(List.of(EXAMPLE)));
        return example;
    }

    private static Map<String, Object> model(PublishedBundle bundle, String modelId, String run, Instant now) {
        Map<String, Object> flavor = new LinkedHashMap<>();
        flavor.put("loader_module", LOADER);
        flavor.put("code", "code");
        flavor.put("data", DATA);
        flavor.put("env", Map.of("virtualenv", "python_env.yaml"));
        flavor.put("python_version", "3.11");
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("artifact_path", "models:/" + modelId);
        model.put("flavors", Map.of("python_function", flavor));
        model.put("mlflow_version", MLFLOW);
        model.put("model_id", modelId);
        model.put("model_uuid", modelId);
        model.put("run_id", run);
        model.put("metadata", Map.of("bundle", bundle.model() + " " + bundle.version(), "digest", bundle.digest()));
        Map<String, Object> saved = new LinkedHashMap<>();
        saved.put("artifact_path", "input_example.json");
        saved.put("pandas_orient", "split");
        saved.put("serving_input_path", "serving_input_example.json");
        saved.put("type", "dataframe");
        model.put("saved_input_example_info", saved);
        model.put("signature", signature());
        model.put("utc_time_created", now.toString().replace('T', ' ').replace("Z", ""));
        return model;
    }

    private static Map<String, Object> signature() {
        Map<String, Object> signature = new LinkedHashMap<>();
        signature.put("inputs", Json.line(List.of(column("string", "prompt"))));
        signature.put(
                "outputs",
                Json.line(List.of(
                        column("string", "answer"),
                        column("string", "answer_hex"),
                        column("string", "expert"),
                        column("double", "confidence"))));
        signature.put(
                "params",
                Json.line(List.of(
                        param("max_bytes", "long", 1024),
                        param("temperature", "double", 0.0),
                        param("seed", "long", 0))));
        return signature;
    }

    private static Map<String, Object> column(String type, String name) {
        Map<String, Object> column = new LinkedHashMap<>();
        column.put("type", type);
        column.put("name", name);
        column.put("required", true);
        return column;
    }

    private static Map<String, Object> param(String name, String type, Number standard) {
        Map<String, Object> param = new LinkedHashMap<>();
        param.put("name", name);
        param.put("default", standard);
        param.put("shape", null);
        param.put("type", type);
        return param;
    }

    private static byte[] json(Object value) {
        return text(Json.pretty(value));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.retort.jobs.route;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.inference.digests.Sha256;
import io.retort.inference.json.JsonException;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.routing.Router;
import io.retort.inference.routing.RouterConfigJson;
import io.retort.inference.tensors.SafetensorsException;
import io.retort.inference.tensors.SafetensorsReader;
import io.retort.inference.tensors.SafetensorsWriter;
import io.retort.inference.tensors.StoredType;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The files of a router in its directory; its report is written last. */
public final class RouterFiles {
    private static final String WEIGHTS = "router.safetensors";
    private static final String CONFIG = "router.json";
    private static final String WITHOUT = "without=";
    private static final int LARGEST = 256 << 20;

    private RouterFiles() {}

    static boolean finished(Storage storage, Location directory) throws IOException {
        return storage.exists(directory.resolve(RouteReport.FILE_NAME));
    }

    static RouteReport report(Storage storage, Location directory) throws IOException {
        return Json.read(storage, directory.resolve(RouteReport.FILE_NAME), RouteReport.class);
    }

    /**
     * The expert that lost least over all documents that the router was made from.
     *
     * @throws IllegalArgumentException if the router is not finished
     */
    public static String bestSingle(Storage storage, Location directory) throws IOException {
        requireFinished(storage, directory);
        return report(storage, directory).bestSingle();
    }

    private static void requireFinished(Storage storage, Location directory) throws IOException {
        if (!finished(storage, directory)) {
            throw new IllegalArgumentException(
                    "expected a router at " + directory + "; train it by retort route with the same settings");
        }
    }

    /**
     * The routers that were trained without a domain, by that domain.
     *
     * @throws IllegalArgumentException if the router is not finished
     * @throws InvalidDataException if a file is damaged
     */
    public static Map<String, Router> leftOut(Storage storage, Location directory) throws IOException {
        requireFinished(storage, directory);
        Map<String, Router> routers = new TreeMap<>();
        for (String domain : report(storage, directory).leftOut()) {
            Location without = directory.resolve(WITHOUT + domain);
            routers.put(domain, parse(storage, without, storage.read(without.resolve(WEIGHTS), LARGEST)));
        }
        return routers;
    }

    static byte[] weights(Router router) {
        return SafetensorsWriter.write(router.tensors(), StoredType.F32, Map.of());
    }

    static void write(
            Storage storage, Location directory, Router router, Map<String, Router> leftOut, RouteReport report)
            throws IOException {
        write(storage, directory, router);
        for (Map.Entry<String, Router> other : leftOut.entrySet()) {
            write(storage, directory.resolve(WITHOUT + other.getKey()), other.getValue());
        }
        Json.write(storage, directory.resolve(RouteReport.FILE_NAME), report);
    }

    private static void write(Storage storage, Location directory, Router router) throws IOException {
        storage.write(directory.resolve(WEIGHTS), weights(router));
        storage.write(directory.resolve(CONFIG), JsonWriter.indented(RouterConfigJson.write(router.config())));
    }

    /**
     * Reads a router.
     *
     * @throws IllegalArgumentException if it is not finished
     * @throws InvalidDataException if a file is damaged
     */
    public static Router read(Storage storage, Location directory) throws IOException {
        requireFinished(storage, directory);
        byte[] weights = storage.read(directory.resolve(WEIGHTS), LARGEST);
        String expected = report(storage, directory).weightsDigest();
        String found = Sha256.hex(weights);
        if (!found.equals(expected)) {
            throw new InvalidDataException(
                    "expected " + directory.resolve(WEIGHTS) + " to have SHA-256 " + expected + ", found " + found);
        }
        return parse(storage, directory, weights);
    }

    private static Router parse(Storage storage, Location directory, byte[] weights) throws IOException {
        try {
            return new Router(
                    RouterConfigJson.read(JsonParser.parse(storage.read(directory.resolve(CONFIG), LARGEST))),
                    SafetensorsReader.read(weights));
        } catch (JsonException | SafetensorsException | IllegalArgumentException e) {
            throw new InvalidDataException("expected a router in " + directory + ": " + e.getMessage(), e);
        }
    }
}

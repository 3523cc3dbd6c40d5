package io.retort.inference.bundles;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.json.JsonException;
import io.retort.inference.json.JsonMembers;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonArray;
import io.retort.inference.json.JsonValue.JsonNumber;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The manifest as JSON, format version 1; every member is required and none other is allowed. Stateless, thread-safe. */
public final class BundleManifestJson {
    private static final String FORMAT = "retort-bundle";
    private static final String ALPHABET = "printable-ascii-98";
    private static final long MAX_PARAMETERS = 1L << 31;
    private static final Set<String> FILE = Set.of("path", "bytes", "sha256");

    private BundleManifestJson() {}

    /** Returns the JSON from which {@link #read} gets the same. */
    public static JsonObject write(BundleManifest manifest) {
        BundleIdentity identity = manifest.identity();
        List<JsonValue> experts = new ArrayList<>();
        for (ExpertEntry expert : manifest.experts()) {
            experts.add(object(
                    "id",
                    new JsonString(expert.id()),
                    "domain",
                    new JsonString(expert.domain()),
                    "family",
                    new JsonString(expert.family()),
                    "parameters",
                    JsonNumber.of(expert.parameters()),
                    "weights",
                    file(expert.weights()),
                    "config",
                    file(expert.config())));
        }
        List<JsonValue> documents = new ArrayList<>();
        for (FileEntry document : manifest.documents()) {
            documents.add(file(document));
        }
        return object(
                "format", new JsonString(FORMAT),
                "formatVersion", JsonNumber.of((long) BundleManifest.FORMAT_VERSION),
                "name", new JsonString(identity.name()),
                "version", new JsonString(identity.version().toString()),
                "licence", new JsonString(identity.licence()),
                "minimumRuntime", new JsonString(identity.minimumRuntime().toString()),
                "alphabet", new JsonString(ALPHABET),
                "symbols", JsonNumber.of((long) Alphabet.SIZE),
                "experts", new JsonArray(experts),
                "router",
                        object(
                                "parameters", JsonNumber.of(manifest.router().parameters()),
                                "weights", file(manifest.router().weights()),
                                "config", file(manifest.router().config())),
                "documents", new JsonArray(documents));
    }

    /**
     * Returns the manifest that {@code json} writes.
     *
     * @throws JsonException where a member is missing, unknown or wrong, or the format is not known
     * @throws IllegalArgumentException where values make no manifest
     */
    public static BundleManifest read(JsonValue json) {
        requireFormat(json);
        JsonMembers members = JsonMembers.of(
                json,
                "the manifest",
                Set.of(
                        "format",
                        "formatVersion",
                        "name",
                        "version",
                        "licence",
                        "minimumRuntime",
                        "alphabet",
                        "symbols",
                        "experts",
                        "router",
                        "documents"));
        String alphabet = members.string("alphabet");
        if (!alphabet.equals(ALPHABET) || members.integer("symbols", 1, 1 << 20) != Alphabet.SIZE) {
            throw new JsonException("expected the alphabet " + ALPHABET + ", found " + alphabet);
        }
        BundleIdentity identity = new BundleIdentity(
                members.string("name"),
                SemanticVersion.parse(members.string("version")),
                members.string("licence"),
                SemanticVersion.parse(members.string("minimumRuntime")));
        List<ExpertEntry> experts = new ArrayList<>();
        for (JsonValue expert : members.array("experts", BundleNames.MAX_EXPERTS)) {
            experts.add(readExpert(expert));
        }
        List<FileEntry> documents = new ArrayList<>();
        for (JsonValue document : members.array("documents", 16)) {
            documents.add(readFile(document));
        }
        return new BundleManifest(identity, experts, readRouter(members.value("router")), documents);
    }

    /** The format comes first: another version may have other members. */
    private static void requireFormat(JsonValue json) {
        boolean known = json instanceof JsonObject object
                && new JsonString(FORMAT).equals(object.members().get("format"))
                && JsonNumber.of((long) BundleManifest.FORMAT_VERSION)
                        .equals(object.members().get("formatVersion"));
        if (!known) {
            throw new JsonException("expected format \"" + FORMAT + "\" and formatVersion "
                    + BundleManifest.FORMAT_VERSION + ", found another");
        }
    }

    private static ExpertEntry readExpert(JsonValue json) {
        JsonMembers members =
                JsonMembers.of(json, "an expert", Set.of("id", "domain", "family", "parameters", "weights", "config"));
        return new ExpertEntry(
                members.string("id"),
                members.string("domain"),
                members.string("family"),
                members.integer("parameters", 1, MAX_PARAMETERS),
                readFile(members.value("weights")),
                readFile(members.value("config")));
    }

    private static RouterEntry readRouter(JsonValue json) {
        JsonMembers members = JsonMembers.of(json, "the router", Set.of("parameters", "weights", "config"));
        return new RouterEntry(
                members.integer("parameters", 1, MAX_PARAMETERS),
                readFile(members.value("weights")),
                readFile(members.value("config")));
    }

    private static FileEntry readFile(JsonValue json) {
        JsonMembers members = JsonMembers.of(json, "a file", FILE);
        return new FileEntry(
                members.string("path"),
                members.integer("bytes", 0, BundleNames.MAX_TOTAL_BYTES),
                members.string("sha256"));
    }

    private static JsonObject file(FileEntry entry) {
        return object(
                "path", new JsonString(entry.path()),
                "bytes", JsonNumber.of(entry.bytes()),
                "sha256", new JsonString(entry.sha256()));
    }

    /** Returns an object of alternating names and values. */
    private static JsonObject object(Object... namesAndValues) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], (JsonValue) namesAndValues[i + 1]);
        }
        return new JsonObject(members);
    }
}

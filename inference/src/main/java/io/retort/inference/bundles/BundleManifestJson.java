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

/**
 * The manifest as JSON. Every member is required, and none other is allowed but in a manifest of a newer minor {@link FormatVersion}:
 * there the manifest itself, an expert and the router may have more, which is passed over. Stateless, thread-safe.
 */
public final class BundleManifestJson {
    private static final String FORMAT = "retort-bundle";
    private static final String ALPHABET = "printable-ascii-98";
    private static final long MAX_PARAMETERS = 1L << 31;
    private static final Set<String> MANIFEST = Set.of(
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
            "documents");
    private static final Set<String> EXPERT = Set.of("id", "domain", "family", "parameters", "weights", "config");
    private static final Set<String> ROUTER = Set.of("parameters", "weights", "config");
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
                "formatVersion", BundleManifest.FORMAT_VERSION.toJson(),
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
     * @throws JsonException where a member is missing, unknown or wrong, or the format or the runtime asked for is newer than this code
     * @throws IllegalArgumentException where values make no manifest
     */
    public static BundleManifest read(JsonValue json) {
        FormatVersion format = requireFormat(json);
        JsonMembers members = members(json, "the manifest", MANIFEST, format);
        SemanticVersion minimumRuntime = requireRuntime(members);
        String alphabet = members.string("alphabet");
        if (!alphabet.equals(ALPHABET) || members.integer("symbols", 1, 1 << 20) != Alphabet.SIZE) {
            throw new JsonException("expected the alphabet " + ALPHABET + ", found " + alphabet);
        }
        BundleIdentity identity = new BundleIdentity(
                members.string("name"),
                SemanticVersion.parse(members.string("version")),
                members.string("licence"),
                minimumRuntime);
        List<ExpertEntry> experts = new ArrayList<>();
        for (JsonValue expert : members.array("experts", BundleNames.MAX_EXPERTS)) {
            experts.add(readExpert(expert, format));
        }
        List<FileEntry> documents = new ArrayList<>();
        for (JsonValue document : members.array("documents", 16)) {
            documents.add(readFile(document));
        }
        return new BundleManifest(identity, experts, readRouter(members.value("router"), format), documents);
    }

    /** The format comes first: another major version may have other members. */
    private static FormatVersion requireFormat(JsonValue json) {
        FormatVersion known = BundleManifest.FORMAT_VERSION;
        if (!(json instanceof JsonObject object)
                || !new JsonString(FORMAT).equals(object.members().get("format"))) {
            throw new JsonException("expected an object of format \"" + FORMAT + "\", found another");
        }
        FormatVersion found = FormatVersion.read(object.members().get("formatVersion"));
        if (found.major() != known.major()) {
            String remedy = found.major() > known.major()
                    ? "the bundle is newer than this runtime, " + RuntimeVersion.CURRENT
                            + "; open it with a newer one, or have it bundled again for this one"
                    : "no runtime reads it";
            throw new JsonException("expected formatVersion " + known.major() + " or " + known.major() + ".x, found "
                    + found + ": " + remedy);
        }
        return found;
    }

    /** Comes before all that a newer runtime may have added. */
    private static SemanticVersion requireRuntime(JsonMembers members) {
        SemanticVersion minimum = SemanticVersion.parse(members.string("minimumRuntime"));
        if (minimum.compareTo(RuntimeVersion.CURRENT) > 0) {
            throw new JsonException("expected a minimum runtime of at most " + RuntimeVersion.CURRENT
                    + ", which this one is, found " + minimum + ": open the bundle with that one or a newer one");
        }
        return minimum;
    }

    private static JsonMembers members(JsonValue json, String where, Set<String> names, FormatVersion format) {
        return BundleManifest.FORMAT_VERSION.isOlderMinorThan(format)
                ? JsonMembers.atLeast(json, where, names)
                : JsonMembers.of(json, where, names);
    }

    private static ExpertEntry readExpert(JsonValue json, FormatVersion format) {
        JsonMembers members = members(json, "an expert", EXPERT, format);
        return new ExpertEntry(
                members.string("id"),
                members.string("domain"),
                members.string("family"),
                members.integer("parameters", 1, MAX_PARAMETERS),
                readFile(members.value("weights")),
                readFile(members.value("config")));
    }

    private static RouterEntry readRouter(JsonValue json, FormatVersion format) {
        JsonMembers members = members(json, "the router", ROUTER, format);
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

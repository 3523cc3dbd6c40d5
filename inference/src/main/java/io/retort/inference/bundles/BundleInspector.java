package io.retort.inference.bundles;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.digests.Sha256;
import io.retort.inference.json.JsonBounds;
import io.retort.inference.json.JsonException;
import io.retort.inference.json.JsonParser;
import io.retort.inference.json.JsonValue;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.routing.Router;
import io.retort.inference.routing.RouterConfig;
import io.retort.inference.routing.RouterConfigJson;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentFamilies;
import io.retort.inference.students.StudentShape;
import io.retort.inference.tensors.SafetensorsException;
import io.retort.inference.tensors.SafetensorsReader;
import io.retort.inference.tensors.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every file of a bundle once, in an order in which nothing is trusted before it was checked: sizes, then
 * digests, then the manifest, then weights. What is wrong becomes a finding, and the look goes on where it can.
 */
class BundleInspector {
    private static final int MAX_JSON_DEPTH = 8;

    private final BundleSource source;
    private final Trust trust;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Long> sizes;
    private Optional<SignerKey> signer = Optional.empty();

    BundleInspector(BundleSource source, Trust trust) {
        this.source = source;
        this.trust = trust;
        BundleSource.Listing listing = source.list();
        this.sizes = listing.sizes();
        findings.addAll(listing.findings());
    }

    List<Finding> findings() {
        return findings;
    }

    /** Returns whose signature held. */
    Optional<SignerKey> signer() {
        return signer;
    }

    /** Returns the bundle, or null where findings say why there is none. To be called once. */
    @Nullable
    Bundle inspect() {
        byte[] checksumFile = withinBounds() ? readBounded(BundleNames.CHECKSUMS, new Sha256()) : null;
        if (checksumFile == null) {
            return null;
        }
        Checksums checksums =
                isSigned(checksumFile) ? attempt(BundleNames.CHECKSUMS, () -> Checksums.parse(checksumFile)) : null;
        if (checksums == null) {
            return null;
        }
        compareNames("in " + BundleNames.CHECKSUMS, checksums.digests().keySet());
        byte[] manifestFile = readChecked(BundleNames.MANIFEST, checksums);
        BundleManifest manifest = manifestFile == null
                ? null
                : attempt(BundleNames.MANIFEST, () -> BundleManifestJson.read(parse(manifestFile)));
        if (manifest == null) {
            for (String path : checksums.digests().keySet()) {
                if (!path.equals(BundleNames.MANIFEST) && sizes.containsKey(path)) {
                    digestChecked(path, checksums);
                }
            }
            return null;
        }
        compare(manifest, checksums);
        List<Expert> experts = new ArrayList<>();
        for (ExpertEntry entry : manifest.experts()) {
            Expert expert = expert(entry, checksums);
            if (expert != null) {
                experts.add(expert);
            }
        }
        Router router = router(manifest, checksums);
        for (FileEntry document : manifest.documents()) {
            digestChecked(document.path(), checksums);
        }
        return router == null ? null : new Bundle(manifest, Sha256.hex(checksumFile), experts, router, signer);
    }

    /** Returns whether the checksums are signed as they must be, which may be not at all; otherwise there is a finding. */
    private boolean isSigned(byte[] checksumFile) {
        boolean signed = sizes.containsKey(BundleNames.SIGNATURE);
        byte[] signature = signed ? readBounded(BundleNames.SIGNATURE, new Sha256()) : null;
        if (signed && signature == null) {
            return false;
        }
        Optional<SignerKey> found = attempt(BundleNames.SIGNATURE, () -> trust.signer(checksumFile, signature));
        signer = found == null ? Optional.empty() : found;
        return found != null;
    }

    private boolean withinBounds() {
        long total = 0;
        for (long size : sizes.values()) {
            total += size;
        }
        if (sizes.size() > BundleNames.MAX_FILES || total > BundleNames.MAX_TOTAL_BYTES) {
            find(
                    ".",
                    "expected at most " + BundleNames.MAX_FILES + " files and " + BundleNames.MAX_TOTAL_BYTES
                            + " bytes, found " + sizes.size() + " and " + total);
            return false;
        }
        return true;
    }

    /** The files that are there must be exactly those that are expected, the checksums themselves and their signature. */
    private void compareNames(String where, Set<String> expected) {
        for (String path : sizes.keySet()) {
            boolean signs = path.equals(BundleNames.CHECKSUMS) || path.equals(BundleNames.SIGNATURE);
            if (!signs && !expected.contains(path)) {
                find(path, "the file is there but not " + where);
            }
        }
        for (String path : expected) {
            if (!sizes.containsKey(path)) {
                find(path, "the file is " + where + " but not there");
            }
        }
    }

    private void compare(BundleManifest manifest, Checksums checksums) {
        Set<String> expected = new LinkedHashSet<>();
        expected.add(BundleNames.MANIFEST);
        for (FileEntry file : manifest.files()) {
            expected.add(file.path());
            String digest = checksums.digests().get(file.path());
            Long size = sizes.get(file.path());
            if (digest != null && !digest.equals(file.sha256())) {
                find(
                        file.path(),
                        "expected digest " + file.sha256() + " by the manifest, found " + digest + " in "
                                + BundleNames.CHECKSUMS);
            }
            if (size != null && size != file.bytes()) {
                find(file.path(), "expected " + file.bytes() + " bytes by the manifest, found " + size);
            }
        }
        for (String path : checksums.digests().keySet()) {
            if (!expected.contains(path)) {
                find(path, "the file is in " + BundleNames.CHECKSUMS + " but not in the manifest");
            }
        }
        for (String path : expected) {
            if (!checksums.digests().containsKey(path)) {
                find(path, "the file is in the manifest but not in " + BundleNames.CHECKSUMS);
            }
        }
    }

    private @Nullable Expert expert(ExpertEntry entry, Checksums checksums) {
        byte[] configFile = readChecked(entry.config().path(), checksums);
        byte[] weightsFile = readChecked(entry.weights().path(), checksums);
        if (configFile == null || weightsFile == null) {
            return null;
        }
        StudentShape shape = attempt(entry.config().path(), () -> {
            if (!(parse(configFile) instanceof JsonObject json)) {
                throw new JsonException("expected an object");
            }
            StudentShape read = StudentFamilies.read(json);
            if (read.alphabetSize() != Alphabet.SIZE) {
                throw new IllegalArgumentException(
                        "expected an alphabet of " + Alphabet.SIZE + " symbols, found " + read.alphabetSize());
            }
            requireSame("family", entry.family(), StudentFamilies.nameIn(json));
            requireSame("number of parameters", entry.parameters(), read.parameterCount());
            return read;
        });
        if (shape == null) {
            return null;
        }
        return attempt(entry.weights().path(), () -> {
            Map<String, Tensor> tensors = SafetensorsReader.lazily(weightsFile);
            Student student = shape.open(tensors);
            ExpertProbe.requireNumbers(student, shape.weightsPerSymbol());
            ExpertFile file = new ExpertFile(
                    source, entry.weights().path(), entry.weights().sha256(), weightsFile.length);
            Expert expert = new Expert(entry.id(), entry.domain(), shape, file, student.memoryBytes());
            checked(expert, student);
            return expert;
        });
    }

    /** Hears of every student that was found to be right. */
    void checked(Expert expert, Student student) {}

    private @Nullable Router router(BundleManifest manifest, Checksums checksums) {
        byte[] configFile = readChecked(BundleNames.ROUTER_CONFIG, checksums);
        byte[] weightsFile = readChecked(BundleNames.ROUTER_WEIGHTS, checksums);
        if (configFile == null || weightsFile == null) {
            return null;
        }
        RouterConfig config = attempt(BundleNames.ROUTER_CONFIG, () -> {
            RouterConfig read = RouterConfigJson.read(parse(configFile));
            List<String> ids = new ArrayList<>();
            for (ExpertEntry expert : manifest.experts()) {
                ids.add(expert.id());
            }
            requireSame("list of experts", ids, read.experts());
            requireSame("number of parameters", manifest.router().parameters(), read.parameterCount());
            return read;
        });
        if (config == null) {
            return null;
        }
        return attempt(BundleNames.ROUTER_WEIGHTS, () -> new Router(config, SafetensorsReader.lazily(weightsFile)));
    }

    private static JsonValue parse(byte[] file) {
        return JsonParser.parse(file, new JsonBounds(BundleNames.mostBytes(BundleNames.MANIFEST), MAX_JSON_DEPTH));
    }

    private static void requireSame(String what, Object manifest, Object config) {
        if (!manifest.equals(config)) {
            throw new IllegalArgumentException(
                    "expected the manifest's " + what + " " + manifest + ", found " + config);
        }
    }

    /** Returns what {@code step} gives, or null and a finding where the content of {@code path} is at fault. */
    private <T> @Nullable T attempt(String path, Supplier<T> step) {
        try {
            return step.get();
        } catch (IllegalArgumentException | JsonException | SafetensorsException | BundleException e) {
            find(path, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Returns a file whose digest is the one in the checksums, or null and a finding. */
    private byte @Nullable [] readChecked(String path, Checksums checksums) {
        Sha256 sha256 = new Sha256();
        byte[] content = listed(path, checksums) ? readBounded(path, sha256) : null;
        return content != null && isAsListed(path, checksums, sha256) ? content : null;
    }

    /** The same of a file whose content nobody needs: it is not kept. */
    private void digestChecked(String path, Checksums checksums) {
        Sha256 sha256 = new Sha256();
        if (listed(path, checksums) && read(path, () -> digest(path, sha256)) != null) {
            isAsListed(path, checksums, sha256);
        }
    }

    private boolean digest(String path, Sha256 sha256) {
        source.digest(path, BundleNames.mostBytes(path), sha256);
        return true;
    }

    private boolean listed(String path, Checksums checksums) {
        boolean listed = checksums.digests().containsKey(path);
        if (!listed) {
            find(path, "the file is not in " + BundleNames.CHECKSUMS);
        }
        return listed;
    }

    private boolean isAsListed(String path, Checksums checksums, Sha256 sha256) {
        String expected = checksums.digests().get(path);
        String digest = sha256.hex();
        if (!digest.equals(expected)) {
            find(path, "expected SHA-256 " + expected + ", found " + digest);
        }
        return digest.equals(expected);
    }

    private byte @Nullable [] readBounded(String path, Sha256 sha256) {
        return read(path, () -> source.read(path, BundleNames.mostBytes(path), sha256));
    }

    /** Returns what {@code reading} gives, or null and a finding where the file is missing, too large or cannot be read. */
    private <T> @Nullable T read(String path, Supplier<T> reading) {
        Long size = sizes.get(path);
        int most = BundleNames.mostBytes(path);
        if (size == null) {
            find(path, "the file is missing");
            return null;
        }
        if (size > most) {
            find(path, "expected at most " + most + " bytes, found " + size);
            return null;
        }
        return attempt(path, reading);
    }

    private void find(String path, String problem) {
        Finding finding = new Finding(path, problem);
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }
}

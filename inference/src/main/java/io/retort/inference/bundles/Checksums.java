package io.retort.inference.bundles;

import io.retort.inference.text.Names;
import io.retort.inference.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The file SHA256SUMS, as sha256sum writes and checks it: a line a file with digest, two spaces and path, sorted by path.
 *
 * @param digests by path, in the order of the paths
 */
public record Checksums(Map<String, String> digests) {
    public Checksums {
        Map<String, String> inOrder = new LinkedHashMap<>();
        for (String path : Names.sorted(digests.keySet())) {
            inOrder.put(path, digests.get(path));
        }
        digests = Collections.unmodifiableMap(inOrder);
        digests.values().forEach(FileEntry::requireDigest);
    }

    /** Returns the file's bytes. */
    public byte[] toBytes() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> file : digests.entrySet()) {
            text.append(file.getValue()).append("  ").append(file.getKey()).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Returns what {@code file} says.
     *
     * @throws IllegalArgumentException at a line that is not as it must be, with its number
     */
    public static Checksums parse(byte[] file) {
        String text = Utf8.decode(file);
        Map<String, String> digests = new LinkedHashMap<>();
        String last = "";
        int from = 0;
        for (int line = 1; from < text.length(); line++) {
            int end = text.indexOf('\n', from);
            int pathAt = from + FileEntry.DIGEST_LENGTH + 2;
            if (end <= pathAt || !text.startsWith("  ", pathAt - 2)) {
                throw new IllegalArgumentException(
                        "expected 64 hexadecimal digits, two spaces, a path and a newline in line " + line);
            }
            String path = text.substring(pathAt, end);
            if (path.compareTo(last) <= 0 || digests.size() == BundleNames.MAX_FILES) {
                throw new IllegalArgumentException("expected at most " + BundleNames.MAX_FILES
                        + " unique paths in order, found \"" + path + "\" in line " + line);
            }
            digests.put(path, FileEntry.requireDigest(text.substring(from, pathAt - 2)));
            last = path;
            from = end + 1;
        }
        return new Checksums(digests);
    }
}

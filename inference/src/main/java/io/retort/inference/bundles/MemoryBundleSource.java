package io.retort.inference.bundles;

import io.retort.inference.text.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A bundle whose files are in memory, by path. The arrays are not copied. */
public final class MemoryBundleSource implements BundleSource {
    private final Map<String, byte[]> files;

    /** A source of these files. */
    public MemoryBundleSource(Map<String, byte[]> files) {
        this.files = new LinkedHashMap<>(files);
    }

    @Override
    public String location() {
        return "bundle in memory";
    }

    @Override
    public Listing list() {
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (String path : Names.sorted(files.keySet())) {
            sizes.put(path, heldBytes(path));
        }
        return new Listing(sizes, List.of());
    }

    @Override
    public byte[] read(String path, int mostBytes) {
        byte[] content = files.get(path);
        if (content == null || content.length > mostBytes) {
            throw new BundleException("expected a file " + path + " of at most " + mostBytes + " bytes");
        }
        return content;
    }

    @Override
    public long heldBytes(String path) {
        byte[] content = files.get(path);
        return content == null ? 0 : content.length;
    }
}

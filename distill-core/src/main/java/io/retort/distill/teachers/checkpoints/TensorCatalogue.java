package io.retort.distill.teachers.checkpoints;

import io.retort.datasets.InvalidDataException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a model's tensors of those in the files: weights find their scales, and the scales are hidden. What has lost its
 * partner is refused by name.
 */
final class TensorCatalogue {
    private static final String SCALE_INV = "_scale_inv";
    private static final String PACKED = "weight_packed";
    private static final String SCALE = "weight_scale";
    private static final String SHAPE = "weight_shape";
    /** What compressed-tensors adds for schemes that are not computed here. */
    private static final List<String> UNSUPPORTED = List.of("weight_zero_point", "weight_g_idx");

    private final Map<String, RawTensor> raws = new LinkedHashMap<>();
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

    private TensorCatalogue() {}

    /** The tensors of files, by name, in the order of the files and of their data. */
    static Map<String, StoredTensor> of(List<ShardFile> shards) {
        TensorCatalogue catalogue = new TensorCatalogue();
        for (ShardFile shard : shards) {
            for (ShardEntry entry : shard.header().entries()) {
                RawTensor before = catalogue.raws.put(entry.name(), new RawTensor(shard, entry));
                if (before != null) {
                    throw new InvalidDataException(shard.name() + ": tensor " + entry.name()
                            + ": expected once, found in " + before.file().name() + " too");
                }
            }
        }
        catalogue.raws.values().forEach(catalogue::add);
        return Collections.unmodifiableMap(catalogue.tensors);
    }

    private void add(RawTensor raw) {
        String name = raw.name();
        if (name.endsWith(SCALE_INV)) {
            require(name.substring(0, name.length() - SCALE_INV.length()), raw);
        } else if (raw.entry().type() == ElementType.F8_E4M3) {
            put(name, new BlockScaledRows(raw, require(name + SCALE_INV, raw)), raw);
        } else if (isModule(name, PACKED)) {
            String module = name.substring(0, name.length() - PACKED.length());
            for (String more : UNSUPPORTED) {
                if (raws.containsKey(module + more)) {
                    throw new InvalidDataException(raw.file().name() + ": tensor " + module + more
                            + ": expected symmetric groups in order, which have no such tensor");
                }
            }
            put(module + "weight", PackedRows.of(raw, require(module + SCALE, raw), require(module + SHAPE, raw)), raw);
        } else if (!belongsToPacked(name, SCALE) && !belongsToPacked(name, SHAPE)) {
            put(name, new PlainRows(raw), raw);
        }
    }

    private boolean belongsToPacked(String name, String part) {
        return isModule(name, part) && raws.containsKey(name.substring(0, name.length() - part.length()) + PACKED);
    }

    private static boolean isModule(String name, String part) {
        return name.equals(part) || name.endsWith("." + part);
    }

    private RawTensor require(String name, RawTensor partner) {
        @Nullable RawTensor found = raws.get(name);
        if (found == null) {
            throw new InvalidDataException(partner.file().name() + ": tensor " + partner.name() + " of "
                    + partner.entry().type() + ": expected tensor " + name + " with it, found none");
        }
        return found;
    }

    private void put(String name, RowDecoder decoder, RawTensor raw) {
        if (tensors.put(name, new StoredTensor(name, decoder)) != null) {
            throw new InvalidDataException(
                    raw.file().name() + ": tensor " + name + ": expected once, found both plain and packed");
        }
    }
}

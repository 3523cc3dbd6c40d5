package io.retort.inference.tensors;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tensors by name in the order of their data, decoded from a file in memory whenever one is asked for. Thread-safe. */
final class StoredTensors extends AbstractMap<String, Tensor> {
    private final byte[] file;
    private final SafetensorsHeader header;
    private final Map<String, SafetensorsHeader.Entry> entries = new LinkedHashMap<>();

    /** The scales of each matrix of integers, which are no tensors of their own. */
    private final Map<String, SafetensorsHeader.Entry> scales = new LinkedHashMap<>();

    /** @throws SafetensorsException for integers without scales or with both */
    StoredTensors(byte[] file, SafetensorsHeader header) {
        this.file = file;
        this.header = header;
        for (SafetensorsHeader.Entry entry : header.entries()) {
            entries.put(entry.name(), entry);
        }
        for (SafetensorsHeader.Entry entry : header.entries()) {
            if (entry.type() == StoredType.INT8) {
                String scale = ScaledIntegers.scale(entry, entries.keySet());
                SafetensorsHeader.Entry found = entries.get(scale);
                if (found != null) {
                    scales.put(entry.name(), found);
                }
            }
        }
        for (SafetensorsHeader.Entry scale : scales.values()) {
            entries.remove(scale.name());
        }
    }

    @Override
    public @Nullable Tensor get(Object name) {
        SafetensorsHeader.Entry entry = entries.get(name);
        if (entry == null) {
            return null;
        }
        Tensor tensor = finite(entry);
        SafetensorsHeader.Entry scale = scales.get(entry.name());
        return scale == null ? tensor : ScaledIntegers.matrix(tensor, finite(scale));
    }

    private Tensor finite(SafetensorsHeader.Entry entry) {
        return SafetensorsReader.finite(SafetensorsReader.decoded(file, header, entry));
    }

    @Override
    public boolean containsKey(Object name) {
        return entries.containsKey(name);
    }

    @Override
    public Set<String> keySet() {
        return new LinkedHashSet<>(entries.keySet());
    }

    @Override
    public int size() {
        return entries.size();
    }

    /** Decodes all. */
    @Override
    public Set<Map.Entry<String, Tensor>> entrySet() {
        Map<String, Tensor> all = new LinkedHashMap<>();
        for (String name : entries.keySet()) {
            all.put(name, get(name));
        }
        return all.entrySet();
    }
}

package io.retort.distill.teachers.checkpoints;

import io.retort.datasets.InvalidDataException;
import io.retort.inference.digests.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a checkpoint directory, open for reading: {@code model.safetensors}, or {@code
 * model.safetensors.index.json} with the files it names. Opening reads headers only; a tensor's elements are read when
 * they are asked for. Where both forms are there, the one file counts, as for transformers.
 *
 * <p>Stored types: F32, F16, BF16, F8_E4M3 with scales of 128 by 128 blocks, and 4-bit integers in groups of 32 (see {@link
 * WeightEncoding}). Safe for use by several threads until it is closed.
 */
public final class CheckpointFiles implements AutoCloseable {
    /** The name of the weights' file where they are one file. */
    public static final String WEIGHTS_FILE = "model.safetensors";

    private final String where;
    private final List<ShardFile> shards;
    private final Optional<String> indexDigest;
    private final Map<String, StoredTensor> tensors;

    private CheckpointFiles(String where, List<ShardFile> shards, Optional<String> indexDigest) {
        this.where = where;
        this.shards = List.copyOf(shards);
        this.indexDigest = indexDigest;
        this.tensors = TensorCatalogue.of(shards);
    }

    /** Whether a directory has weights of this form. */
    public static boolean areIn(Path directory) {
        return Files.exists(directory.resolve(WEIGHTS_FILE)) || Files.exists(directory.resolve(ShardIndex.NAME));
    }

    /**
     * Opens the weights of a directory.
     *
     * @throws InvalidDataException when a file is missing or damaged, or a tensor is not where the index says
     * @throws UncheckedIOException when a file cannot be read
     */
    public static CheckpointFiles open(Path directory) {
        if (Files.exists(directory.resolve(WEIGHTS_FILE)) || !Files.exists(directory.resolve(ShardIndex.NAME))) {
            return of(directory.toString(), List.of(ShardFile.open(directory, WEIGHTS_FILE)), Optional.empty());
        }
        byte[] file = file(directory, ShardIndex.NAME, ShardIndex.MOST_BYTES);
        ShardIndex index =
                ShardIndex.parse(file, directory.resolve(ShardIndex.NAME).toString());
        List<ShardFile> shards = new ArrayList<>();
        try {
            for (String name : index.shards()) {
                ShardFile shard = ShardFile.open(directory, name);
                shards.add(shard);
                index.require(shard);
            }
        } catch (InvalidDataException e) {
            shards.forEach(ShardFile::close);
            throw named(directory.toString(), e);
        } catch (RuntimeException e) {
            shards.forEach(ShardFile::close);
            throw e;
        }
        return of(directory.toString(), shards, Optional.of(Sha256.hex(file)));
    }

    /**
     * The weights of one file's bytes, which must not change.
     *
     * @param where named in errors
     * @throws InvalidDataException when the bytes are no safetensors file
     */
    public static CheckpointFiles of(byte[] weightsFile, String where) {
        ShardFile shard = ShardFile.open(WEIGHTS_FILE, ByteSource.of(weightsFile), where + ": " + WEIGHTS_FILE);
        return of(where, List.of(shard), Optional.empty());
    }

    private static CheckpointFiles of(String where, List<ShardFile> shards, Optional<String> indexDigest) {
        try {
            return new CheckpointFiles(where, shards, indexDigest);
        } catch (InvalidDataException e) {
            shards.forEach(ShardFile::close);
            throw named(where, e);
        }
    }

    private static InvalidDataException named(String where, InvalidDataException e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith(where) ? e : new InvalidDataException(where + ": " + message, e);
    }

    /**
     * The bytes of a small file of the directory, such as config.json.
     *
     * @throws InvalidDataException when there is none or it has more than {@code mostBytes}
     */
    public static byte[] file(Path directory, String name, int mostBytes) {
        Path path = directory.resolve(name);
        try (InputStream stream = Files.newInputStream(path)) {
            byte[] bytes = stream.readNBytes(mostBytes);
            if (stream.read() >= 0) {
                throw new InvalidDataException(
                        path + ": expected at most " + mostBytes + " bytes, found " + Files.size(path));
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new InvalidDataException(path + ": expected a file, found none", e);
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
    }

    /** The directory, as errors name it. */
    public String where() {
        return where;
    }

    /** The tensors' names, in the order of the files and of the data in them. */
    public Set<String> names() {
        return tensors.keySet();
    }

    /** Whether there is a tensor of that name. */
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /**
     * A tensor by its name.
     *
     * @throws InvalidDataException when there is none
     */
    public StoredTensor tensor(String name) {
        @Nullable StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new InvalidDataException(where + ": expected a tensor " + name + ", found none");
        }
        return tensor;
    }

    /** The bytes of all files of weights. */
    public long storedBytes() {
        return shards.stream().mapToLong(shard -> shard.source().size()).sum();
    }

    /**
     * SHA-256 in hexadecimal over every byte of the weights' files, computed anew from what is open: of one file its own
     * digest, of several the digest of the index's digest and then each file's name and digest, in order of the names.
     */
    public String digest() {
        if (indexDigest.isEmpty()) {
            return FileDigest.of(shards.get(0).source());
        }
        StringBuilder parts = new StringBuilder(indexDigest.get()).append('\n');
        for (ShardFile shard : shards) {
            parts.append(shard.name())
                    .append(' ')
                    .append(FileDigest.of(shard.source()))
                    .append('\n');
        }
        return Sha256.hex(parts.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        shards.forEach(ShardFile::close);
    }
}

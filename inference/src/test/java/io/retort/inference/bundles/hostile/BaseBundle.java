package io.retort.inference.bundles.hostile;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.bundles.Trust;
import io.retort.inference.bundles.hostile.Mutation.Seal;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.signing.Ed25519Check;
import io.retort.inference.signing.SigningKey;
import io.retort.inference.students.FeedForwardConfig;
import io.retort.inference.students.StudentShape;
import io.retort.inference.tensors.SafetensorsWriter;
import io.retort.inference.tensors.StoredType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A sound bundle of two experts of different families, and how to spoil it with digests that are right again. */
final class BaseBundle {
    static final Trust ANYONE = Trust.anyone(Ed25519Check.INSTANCE);
    static final List<String> EXPERTS = List.of("math", "chat");
    static final List<StudentShape> SHAPES =
            List.of(TinyBundle.config(), new FeedForwardConfig(Alphabet.SIZE, 2, 4, 8));

    /** The key of RFC 8410, section 10: the same at every run. */
    static final SigningKey KEY = SigningKey.of(
            "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
                    + "-----END PRIVATE KEY-----\n",
            "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
                    + "-----END PUBLIC KEY-----\n");

    static final Trust OWNER = Trust.only(List.of(KEY.signer().fingerprint()), Ed25519Check.INSTANCE);

    final Random random;
    final StoredType stored;
    private final SortedMap<String, byte[]> sound;
    private final Consumer<Mutation> sink;

    BaseBundle(StoredType stored, Random random, Consumer<Mutation> sink) {
        this.stored = stored;
        this.random = random;
        this.sink = sink;
        this.sound = TinyBundle.files(EXPERTS, SHAPES);
        for (int i = 0; i < SHAPES.size(); i++) {
            sound.put(
                    BundleNames.weights(EXPERTS.get(i)),
                    SafetensorsWriter.write(TinyBundle.weights(SHAPES.get(i), i).values(), stored, Map.of()));
        }
        TinyBundle.seal(sound, EXPERTS, SHAPES);
    }

    SortedMap<String, byte[]> files() {
        return new TreeMap<>(sound);
    }

    byte[] content(String path) {
        return sound.getOrDefault(path, new byte[0]);
    }

    String text(String path) {
        return new String(content(path), StandardCharsets.UTF_8);
    }

    /** Digests in the manifest and the checksums as the files now are. */
    static SortedMap<String, byte[]> seal(SortedMap<String, byte[]> files) {
        return TinyBundle.seal(files, EXPERTS, SHAPES);
    }

    /** With the owner's signature. */
    SortedMap<String, byte[]> signed() {
        SortedMap<String, byte[]> files = files();
        files.put(
                BundleNames.SIGNATURE, KEY.sign(content(BundleNames.CHECKSUMS)).toBytes());
        return files;
    }

    void emit(String kind, String detail, SortedMap<String, byte[]> files) {
        emit(kind, detail, files, ANYONE);
    }

    void emit(String kind, String detail, SortedMap<String, byte[]> files, Trust trust) {
        sink.accept(new Mutation(kind, stored + " " + detail, Seal.BROKEN, () -> files, trust));
    }

    /** Another content of one file, all digests right: what reads the file must refuse it. */
    void emitSealed(String kind, String path, String detail, byte[] content) {
        Supplier<SortedMap<String, byte[]>> sealed = () -> {
            SortedMap<String, byte[]> files = files();
            files.put(path, content);
            return path.equals(BundleNames.MANIFEST) ? TinyBundle.sum(files) : seal(files);
        };
        sink.accept(new Mutation(kind, stored + " " + path + " " + detail, Seal.RIGHT, sealed, ANYONE));
    }

    /** Configs of other students, counted right everywhere: only the weights are not theirs. */
    void emitModels(String kind, String detail, StudentShape math, StudentShape chat) {
        List<StudentShape> shapes = List.of(math, chat);
        Supplier<SortedMap<String, byte[]>> sealed = () -> {
            SortedMap<String, byte[]> files = files();
            for (int i = 0; i < shapes.size(); i++) {
                files.put(
                        BundleNames.config(EXPERTS.get(i)),
                        JsonWriter.indented(shapes.get(i).toJson()));
            }
            return TinyBundle.seal(files, EXPERTS, shapes);
        };
        sink.accept(new Mutation(kind, stored + " " + detail, Seal.RIGHT, sealed, ANYONE));
    }

    void emitSealed(String kind, String path, String detail, String content) {
        emitSealed(kind, path, detail, content.getBytes(StandardCharsets.UTF_8));
    }
}

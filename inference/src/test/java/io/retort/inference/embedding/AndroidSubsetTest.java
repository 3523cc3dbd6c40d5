package io.retort.inference.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.Retort;
import io.retort.inference.files.BundleDirectory;
import io.retort.inference.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the packages that docs/embedding.md names for Android to what Android has. */
class AndroidSubsetTest {
    private static final String ROOT = "io/retort/inference/";

    /** Packages that are for other machines: the command line, directories, servers, and keys of a kind Android lacks. */
    private static final Set<String> NOT_FOR_ANDROID =
            Set.of(ROOT + "cli", ROOT + "files", ROOT + "http", ROOT + "server", ROOT + "signing");

    private static final Set<String> ALLOWED = Set.of(
            "java/io",
            "java/lang",
            "java/lang/invoke",
            "java/lang/runtime",
            "java/math",
            "java/nio",
            "java/nio/charset",
            "java/time",
            "java/util",
            "java/util/concurrent",
            "java/util/concurrent/atomic",
            "java/util/function",
            "java/util/regex",
            "java/util/stream",
            "java/util/zip",
            "org/jspecify/annotations");

    /** Who may name a file all the same, in methods that a program for Android does not call. */
    private static final Map<String, Set<String>> FILES = Map.of(
            ROOT + "Retort",
            Set.of("java/nio/file/Path", ROOT + "files/BundleDirectory"),
            ROOT + "digests/Sha256",
            Set.of("java/nio/file/Files", "java/nio/file/OpenOption", "java/nio/file/Path"),
            ROOT + "tensors/SafetensorsReader",
            Set.of(
                    "java/nio/channels/FileChannel",
                    "java/nio/file/OpenOption",
                    "java/nio/file/Path",
                    "java/nio/file/StandardOpenOption"));

    private static String packageOf(String name) {
        return name.substring(0, name.lastIndexOf('/'));
    }

    private static boolean fits(String name) {
        String in = packageOf(name);
        return ALLOWED.contains(in) || (name.startsWith(ROOT) && !NOT_FOR_ANDROID.contains(in));
    }

    private static byte[] classFile(Class<?> type) throws IOException {
        try (var stream = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return stream == null ? new byte[0] : stream.readAllBytes();
        }
    }

    @Test
    void theSubsetNamesNothingThatAndroidLacks() throws IOException {
        Path classes = JdkTools.homeOf(Retort.class);
        Map<String, Set<String>> foreign = new TreeMap<>();
        int looked = 0;
        try (Stream<Path> files = Files.walk(classes.resolve(ROOT))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name = classes.relativize(file)
                        .toString()
                        .replace(".class", "")
                        .replace('\\', '/');
                if (!NOT_FOR_ANDROID.contains(packageOf(name))) {
                    looked++;
                    Set<String> others = new TreeSet<>(ClassReferences.of(Files.readAllBytes(file)));
                    others.removeIf(AndroidSubsetTest::fits);
                    others.removeAll(FILES.getOrDefault(name, Set.of()));
                    if (!others.isEmpty()) {
                        foreign.put(name, others);
                    }
                }
            }
        }
        assertThat(foreign).isEmpty();
        assertThat(looked).isGreaterThan(100);
    }

    @Test
    void theReaderSeesWhatClassesName() throws IOException {
        assertThat(ClassReferences.of(classFile(BundleDirectory.class)))
                .contains("java/nio/file/Path", "java/util/List", ROOT + "bundles/Bundle")
                .anyMatch(name -> !fits(name));
        assertThat(ClassReferences.of(classFile(SigningKey.class))).anyMatch(name -> name.startsWith("java/security/"));
    }
}

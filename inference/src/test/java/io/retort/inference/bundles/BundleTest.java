package io.retort.inference.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.json.JsonWriter;
import io.retort.inference.students.FeedForwardConfig;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentConfigJson;
import io.retort.inference.students.StudentShape;
import io.retort.inference.tensors.SafetensorsWriter;
import io.retort.inference.tensors.StoredType;
import io.retort.inference.tensors.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
    private static final List<String> EXPERTS = List.of("math", "tool-use");

    private static Bundle open(SortedMap<String, byte[]> files) {
        return Bundle.open(new MemoryBundleSource(files));
    }

    private static void assertRefused(SortedMap<String, byte[]> files, String... words) {
        assertThatThrownBy(() -> open(files))
                .isInstanceOf(BundleException.class)
                .satisfies(e -> {
                    assertThat(e.getMessage()).contains(words).doesNotContain("\n");
                });
        assertThat(BundleVerification.of(new MemoryBundleSource(files)).passed())
                .isFalse();
    }

    private static byte[] content(SortedMap<String, byte[]> files, String path) {
        return files.getOrDefault(path, new byte[0]);
    }

    private static String text(SortedMap<String, byte[]> files, String path) {
        return new String(content(files, path), StandardCharsets.UTF_8);
    }

    private static void put(SortedMap<String, byte[]> files, String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aSoundBundleOpensWithItsExpertsInOrder() {
        SortedMap<String, byte[]> files = TinyBundle.files(EXPERTS);
        Bundle bundle = open(files);
        assertThat(bundle.experts()).extracting(Expert::id).containsExactly("math", "tool-use");
        assertThat(bundle.experts().get(0).open().parameterCount())
                .isEqualTo(TinyBundle.config().parameterCount());
        assertThat(bundle.manifest().identity().version()).isEqualTo(new SemanticVersion(1, 0, 0, ""));
        assertThat(bundle.router().config().experts()).isEqualTo(EXPERTS);
        assertThat(BundleVerification.of(new MemoryBundleSource(files)).findings())
                .isEmpty();
    }

    @Test
    void aFlippedBitInAnyByteOfAnyFileIsRefused() {
        SortedMap<String, byte[]> files = TinyBundle.files(List.of("a"));
        Random random = new Random(13);
        int tried = 0;
        for (String path : files.keySet()) {
            byte[] sound = content(files, path);
            for (int at = 0; at < sound.length; at++) {
                byte[] flipped = sound.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                SortedMap<String, byte[]> spoilt = new TreeMap<>(files);
                spoilt.put(path, flipped);
                assertThatThrownBy(() -> open(spoilt)).as("%s at %d", path, at).isInstanceOf(BundleException.class);
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(5000);
    }

    @Test
    void everyBitOfTheChecksumsCounts() {
        SortedMap<String, byte[]> files = TinyBundle.files(List.of("a"));
        byte[] sound = content(files, BundleNames.CHECKSUMS);
        for (int bit = 0; bit < sound.length * 8; bit++) {
            byte[] flipped = sound.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            SortedMap<String, byte[]> spoilt = new TreeMap<>(files);
            spoilt.put(BundleNames.CHECKSUMS, flipped);
            assertThatThrownBy(() -> open(spoilt)).as("bit %d", bit).isInstanceOf(BundleException.class);
        }
    }

    @Test
    void aMissingFileIsNamed() {
        for (String path : TinyBundle.files(EXPERTS).keySet()) {
            SortedMap<String, byte[]> files = TinyBundle.files(EXPERTS);
            files.remove(path);
            assertRefused(files, path);
        }
    }

    @Test
    void aMissingFileIsNamedEvenWhereTheChecksumsLeaveItOut() {
        for (String path : TinyBundle.files(EXPERTS).keySet()) {
            SortedMap<String, byte[]> files = TinyBundle.files(EXPERTS);
            files.remove(path);
            if (!path.equals(BundleNames.CHECKSUMS)) {
                assertRefused(TinyBundle.sum(files), path);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"extra", "experts/x.class", "experts/../../etc/passwd", "SHA256SUMS.bak", "router.Json"})
    void anExtraFileIsNamed(String path) {
        SortedMap<String, byte[]> files = TinyBundle.files(EXPERTS);
        put(files, path, "x");
        assertRefused(files, path);
        assertRefused(TinyBundle.sum(files), path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\": \"retort-bundle\" | \"format\": \"other\" | format",
                "\"formatVersion\": 1 | \"formatVersion\": 2 | formatVersion",
                "\"minimumRuntime\": \"0.1.0\" | \"minimumRuntime\": \"9.0.0\" | 9.0.0",
                "\"version\": \"1.0.0\" | \"version\": \"1.0\" | semantic version",
                "\"name\": \"tiny\" | \"name\": \"../tiny\" | ../tiny",
                "\"name\": \"tiny\" | \"name\": \"tiny\", \"more\": 1 | more",
                "\"name\": \"tiny\" | \"name\": \"tiny\", \"name\": \"tiny\" | second time",
                "\"symbols\": 98 | \"symbols\": 99 | alphabet",
                "\"id\": \"math\" | \"id\": \"../math\" | ../math",
                "\"id\": \"math\" | \"id\": \"tool-use\" | tool-use",
                "\"domain\": \"math\" | \"domain\": \"MATH\" | MATH",
                "\"family\": \"recurrent-attention\" | \"family\": \"other\" | family",
                "\"path\": \"experts/math.json\" | \"path\": \"/etc/passwd\" | /etc/passwd",
                "\"path\": \"router.json\" | \"path\": \"experts/math.json\" | router.json",
                "\"bytes\": 3 | \"bytes\": 4 | expected 4 bytes",
                "\"bytes\": 3 | \"bytes\": 99999999999999 | bytes",
                "\"bytes\": 3 | \"bytes\": -1 | bytes",
                "\"bytes\": 3 | \"bytes\": 3.5 | bytes",
            })
    void aManifestThatSaysOtherwiseIsRefused(String from, String to, String word) {
        SortedMap<String, byte[]> files = TinyBundle.files(EXPERTS);
        String manifest = text(files, BundleNames.MANIFEST);
        assertThat(manifest).contains(from);
        put(files, BundleNames.MANIFEST, manifest.replaceFirst(java.util.regex.Pattern.quote(from), to));
        assertRefused(TinyBundle.sum(files), word);
    }

    @Test
    void deepJsonIsRefused() {
        for (String path : List.of(BundleNames.MANIFEST, BundleNames.ROUTER_CONFIG, BundleNames.config("math"))) {
            SortedMap<String, byte[]> files = TinyBundle.files(EXPERTS);
            put(files, path, "[".repeat(500_000));
            assertRefused(
                    path.equals(BundleNames.MANIFEST) ? TinyBundle.sum(files) : TinyBundle.seal(files, EXPERTS),
                    path,
                    "depth");
        }
    }

    @Test
    void aHugeFileIsRefusedByItsSizeAlone() {
        SortedMap<String, byte[]> files = TinyBundle.files(EXPERTS);
        BundleSource source = new BundleSource() {
            @Override
            public String location() {
                return "test";
            }

            @Override
            public Listing list() {
                SortedMap<String, Long> sizes = new TreeMap<>();
                files.forEach((path, content) -> sizes.put(path, (long) content.length));
                sizes.put(BundleNames.CHECKSUMS, 2L << 20);
                return new Listing(sizes, List.of());
            }

            @Override
            public byte[] read(String path, int mostBytes) {
                throw new AssertionError("read " + path);
            }
        };
        assertThatThrownBy(() -> Bundle.open(source)).hasMessageContaining("at most 1048576 bytes, found 2097152");
    }

    @Test
    void weightsThatAreNoNumbersOrOfAnotherShapeAreRefused() {
        SortedMap<String, byte[]> files = TinyBundle.files(EXPERTS);
        byte[] weights = content(files, BundleNames.weights("math")).clone();
        weights[weights.length - 1] = (byte) 0x7F;
        weights[weights.length - 2] = (byte) 0xC0;
        files.put(BundleNames.weights("math"), weights);
        assertRefused(TinyBundle.seal(files, EXPERTS), "experts/math.safetensors", "NaN");

        Map<String, Tensor> other = TinyBundle.weights(TinyBundle.config(), 1);
        other.put("norm", new Tensor("norm", new int[] {5}, new float[5]));
        files.put(BundleNames.weights("math"), SafetensorsWriter.write(other.values(), StoredType.F32, Map.of()));
        assertRefused(TinyBundle.seal(files, EXPERTS), "experts/math.safetensors", "norm");

        other.remove("norm");
        files.put(BundleNames.weights("math"), SafetensorsWriter.write(other.values(), StoredType.F16, Map.of()));
        assertRefused(TinyBundle.seal(files, EXPERTS), "experts/math.safetensors", "norm");
    }

    @Test
    void integersWhoseScaleIsNegativeOrMissingAreRefusedByTheNameOfTheirExpert() {
        SortedMap<String, byte[]> files = TinyBundle.files(EXPERTS);
        Map<String, Tensor> weights = TinyBundle.weights(TinyBundle.config(), 1);
        byte[] stored = SafetensorsWriter.write(weights.values(), StoredType.INT8, Map.of());
        files.put(BundleNames.weights("math"), stored);
        assertThat(Bundle.open(new MemoryBundleSource(TinyBundle.seal(files, EXPERTS)))
                        .experts())
                .hasSize(EXPERTS.size());

        String text = new String(stored, StandardCharsets.ISO_8859_1);
        int named = text.indexOf("_scale\"");
        int from = text.indexOf("data_offsets\":[", named) + "data_offsets\":[".length();
        int begin = Integer.parseInt(text.substring(from, text.indexOf(',', from)));
        int header = 8 + (stored[0] & 0xFF) + ((stored[1] & 0xFF) << 8);
        byte[] negative = stored.clone();
        negative[header + begin + 1] |= (byte) 0x80;
        files.put(BundleNames.weights("math"), negative);
        assertRefused(TinyBundle.seal(files, EXPERTS), "experts/math.safetensors", "expected scales of at least 0");

        files.put(
                BundleNames.weights("math"),
                text.replaceAll("embedding\\.(row|column)_scale", "embedding.$1_scalf")
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(TinyBundle.seal(files, EXPERTS), "experts/math.safetensors", "neither");
    }

    @Test
    void finiteWeightsThatOverflowInASumAreRefusedByTheNameOfTheirExpert() {
        SortedMap<String, byte[]> files = TinyBundle.files(EXPERTS);
        Map<String, Tensor> weights = TinyBundle.weights(TinyBundle.config(), 1);
        weights.replaceAll((name, tensor) -> {
            float[] values = tensor.values().clone();
            Arrays.fill(values, 3e38f);
            return new Tensor(name, tensor.shape(), values);
        });
        files.put(BundleNames.weights("math"), SafetensorsWriter.write(weights.values(), StoredType.F32, Map.of()));
        assertRefused(TinyBundle.seal(files, EXPERTS), "experts/math.safetensors", "the weights overflow");
    }

    @ParameterizedTest
    @ValueSource(floats = {1e20f, 1e30f, 1e37f})
    void embeddingsWhoseSquaresOverflowAreRefusedAndNoExpertThatKnowsNothing(float scale) {
        for (StudentShape shape : List.of(TinyBundle.config(), new FeedForwardConfig(Alphabet.SIZE, 2, 4, 8))) {
            List<StudentShape> shapes = List.of(shape, shape);
            SortedMap<String, byte[]> files = TinyBundle.files(EXPERTS, shapes);
            Map<String, Tensor> weights = TinyBundle.weights(shape, 1);
            weights.replaceAll((name, tensor) -> {
                float[] values = tensor.values().clone();
                for (int i = 0; i < values.length && name.equals("embedding"); i++) {
                    values[i] = Math.copySign(scale, values[i]);
                }
                return new Tensor(name, tensor.shape(), values);
            });
            files.put(BundleNames.weights("math"), SafetensorsWriter.write(weights.values(), StoredType.F32, Map.of()));
            assertRefused(TinyBundle.seal(files, EXPERTS, shapes), "experts/math.safetensors", "the weights overflow");
        }
    }

    @Test
    void anExpertOfAnotherAlphabetIsRefused() {
        SortedMap<String, byte[]> files = TinyBundle.files(EXPERTS);
        StudentConfig other = StudentConfig.of(Alphabet.SIZE - 1, 4, 3, Positions.FORGET);
        files.put(BundleNames.config("math"), JsonWriter.indented(StudentConfigJson.write(other)));
        assertRefused(
                TinyBundle.seal(files, EXPERTS), "experts/math.json", "expected an alphabet of 98 symbols, found 97");
    }

    @Test
    void aHeaderOfAMegabyteOrMoreIsRefusedBeforeItIsParsed() {
        SortedMap<String, byte[]> files = TinyBundle.files(EXPERTS);
        StringBuilder header = new StringBuilder("{\"__metadata__\":{");
        while (header.length() < 1 << 20) {
            header.append("\"k").append(header.length()).append("\":\"v\",");
        }
        byte[] json = header.append("\"last\":\"v\"}}").toString().getBytes(StandardCharsets.UTF_8);
        byte[] file = ByteBuffer.allocate(8 + json.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
        files.put(BundleNames.weights("math"), file);
        assertRefused(
                TinyBundle.seal(files, EXPERTS),
                "experts/math.safetensors: expected a header length of 2 to 1048576 bytes, found " + json.length);
    }

    @Test
    void aRouterForOtherExpertsIsRefused() {
        SortedMap<String, byte[]> files = TinyBundle.files(EXPERTS);
        SortedMap<String, byte[]> others = TinyBundle.files(List.of("math", "coding"));
        files.put(BundleNames.ROUTER_CONFIG, content(others, BundleNames.ROUTER_CONFIG));
        assertRefused(TinyBundle.seal(files, EXPERTS), "router.json", "list of experts");
    }

    @Test
    void verificationReportsAllThatIsWrong() {
        SortedMap<String, byte[]> files = TinyBundle.files(EXPERTS);
        files.remove(BundleNames.MODEL_CARD);
        put(files, "stray", "x");
        byte[] weights = content(files, BundleNames.weights("math")).clone();
        weights[100] ^= 4;
        files.put(BundleNames.weights("math"), weights);
        List<Finding> findings =
                BundleVerification.of(new MemoryBundleSource(files)).findings();
        assertThat(findings)
                .extracting(Finding::path)
                .contains("stray", "MODEL_CARD.md", "experts/math.safetensors")
                .doesNotContain("experts/tool-use.safetensors", "manifest.json");
    }

    @Test
    void aDamagedManifestDoesNotHideOtherDamage() {
        SortedMap<String, byte[]> files = TinyBundle.files(EXPERTS);
        for (String path : List.of(BundleNames.MANIFEST, BundleNames.weights("math"))) {
            byte[] content = content(files, path).clone();
            content[20] ^= 1;
            files.put(path, content);
        }
        assertThat(BundleVerification.of(new MemoryBundleSource(files)).findings())
                .extracting(Finding::path)
                .containsExactly("manifest.json", "experts/math.safetensors");
    }

    @Test
    void controlCharactersOfAHostileNameDoNotReachTheMessage() {
        SortedMap<String, byte[]> files = TinyBundle.files(EXPERTS);
        put(files, "a\u001b[2Jb\n", "x");
        assertRefused(files, "a?[2Jb?");
    }

    @Test
    void checksumsAreAsSha256sumWritesThem() {
        SortedMap<String, String> digests = new TreeMap<>();
        digests.put("b", "0".repeat(64));
        digests.put("a/c", "f".repeat(64));
        String text = "f".repeat(64) + "  a/c\n" + "0".repeat(64) + "  b\n";
        assertThat(new String(new Checksums(digests).toBytes(), StandardCharsets.UTF_8))
                .isEqualTo(text);
        assertThat(Checksums.parse(text.getBytes(StandardCharsets.UTF_8)).digests())
                .isEqualTo(digests);
        List<String> wrong = new ArrayList<>(List.of("x", text.trim(), text + "\n", text.replace("  b", " b")));
        wrong.add(text.replace("  b", "  a/c"));
        wrong.add(text.replace('f', 'F'));
        wrong.add(text.replace("\n", "\r\n") + text);
        for (String bad : wrong) {
            assertThatThrownBy(() -> Checksums.parse(bad.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}

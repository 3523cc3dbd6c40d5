package io.retort.datasets.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.InvalidDataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytePairTokenizerTest {
    private static final String CORPUS = "the cat sat on the mat. the cats sat; der Bär läuft über die Brücke.\n"
            + "    return value + 123\n    return other - 45\n".repeat(3)
            + "日本語の日本語 🙂🙂🙂 🙂 naïve naïve\n".repeat(4)
            + "banana bandana banana aaaa aaaaaaaa\n".repeat(4);

    private static final BytePairTokenizer TOKENIZER = trained(PiecePatterns.RETORT);

    private static final BytePairTokenizer KIMI_PATTERN = trained(PiecePatterns.KIMI_K2);

    private static BytePairTokenizer trained(String pattern) {
        BytePairTrainer trainer = new BytePairTrainer(256 + 80, pattern);
        trainer.add(CORPUS);
        return trainer.train();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyTextSurvives(long seed) {
        Random random = new Random(seed);
        List<BytePairTokenizer> tokenizers = List.of(TOKENIZER, KIMI_PATTERN, trained("a+"), trained("(?=a)|[a-z ]+"));
        for (int round = 0; round < 100; round++) {
            String text = randomText(random);
            for (BytePairTokenizer tokenizer : tokenizers) {
                assertThat(tokenizer.decode(tokenizer.encode(text)))
                        .as("seed %d, pattern %s", seed, tokenizer.pattern())
                        .isEqualTo(utf8(text));
            }
        }
    }

    /** As Rust and Python's "replace" read it: U+FFFD for a surrogate without its other half. */
    private static byte[] utf8(String text) {
        StringBuilder wellFormed = new StringBuilder();
        text.codePoints().forEach(c -> wellFormed.appendCodePoint(c >= 0xd800 && c < 0xe000 ? 0xfffd : c));
        return wellFormed.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Any code units at all, unpaired surrogates too, mixed with what the vocabulary knows. */
    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        int parts = random.nextInt(30);
        for (int i = 0; i < parts; i++) {
            switch (random.nextInt(5)) {
                case 0 -> text.append((char) random.nextInt(0x10000));
                case 1 -> text.appendCodePoint(random.nextInt(0x110000));
                case 2 -> text.append((char) random.nextInt(0x80));
                case 3 -> text.append(" ".repeat(random.nextInt(6)));
                default -> {
                    int from = random.nextInt(CORPUS.length());
                    text.append(CORPUS, from, Math.min(CORPUS.length(), from + random.nextInt(12)));
                }
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void idsAreThoseOfTheTextbookLoop(long seed) {
        // One piece a text, so that the comparison is of the merging alone.
        BytePairTokenizer whole = trained("(?s).+");
        Map<String, Integer> ranks = ranksOf(whole);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            String text = randomText(random);
            assertThat(whole.encode(text)).as("seed %d, text %s", seed, text).containsExactly(textbook(text, ranks));
        }
    }

    private static Map<String, Integer> ranksOf(BytePairTokenizer tokenizer) {
        Map<String, Integer> ranks = new HashMap<>();
        for (String line : new String(tokenizer.tiktokenFile(), StandardCharsets.ISO_8859_1).split("\n")) {
            String[] parts = line.split(" ");
            byte[] token = Base64.getDecoder().decode(parts[0]);
            ranks.put(HexFormat.of().formatHex(token), Integer.valueOf(parts[1]));
        }
        return ranks;
    }

    /** Find the lowest-ranked adjacent pair by looking at all of them; join it; again. */
    private static int[] textbook(String text, Map<String, Integer> ranks) {
        String hex = HexFormat.of().formatHex(utf8(text));
        if (ranks.containsKey(hex)) {
            return new int[] {ranks.get(hex)};
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < hex.length(); i += 2) {
            parts.add(hex.substring(i, i + 2));
        }
        while (true) {
            int best = -1;
            int bestRank = Integer.MAX_VALUE;
            for (int i = 0; i + 1 < parts.size(); i++) {
                int rank = ranks.getOrDefault(parts.get(i) + parts.get(i + 1), Integer.MAX_VALUE);
                if (rank < bestRank) {
                    best = i;
                    bestRank = rank;
                }
            }
            if (best < 0) {
                return parts.stream()
                        .mapToInt(part -> ranks.getOrDefault(part, -1))
                        .toArray();
            }
            parts.set(best, parts.get(best) + parts.remove(best + 1));
        }
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES) // one merge at a time over all pairs would take hours
    void aMegabyteOfOneLetterIsOnePieceAndStillEnds() {
        for (String unit : List.of("a", "A", " ", "é", "の", "\n", "!")) {
            String text = unit.repeat(unit.equals("a") ? 1 << 20 : 1 << 18);
            for (BytePairTokenizer tokenizer : List.of(TOKENIZER, KIMI_PATTERN)) {
                int[] ids = tokenizer.encode(text);
                assertThat(tokenizer.decode(ids)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void aPromptThatEndsInANewlineSharesNoTokenWithItsAnswer() {
        for (String answer : List.of("cat", " cat", "    return", "7", "\n", "über")) {
            int[] prompt = TOKENIZER.encode("the mat\n");
            int[] both = TOKENIZER.encode("the mat\n" + answer);
            assertThat(Arrays.copyOf(both, prompt.length)).containsExactly(prompt);
            assertThat(Arrays.copyOfRange(both, prompt.length, both.length)).containsExactly(TOKENIZER.encode(answer));
        }
    }

    @Test
    void namesOfSpecialTokensInTextAreOrdinaryText() {
        int[] ids = TOKENIZER.encode("[BOS][EOS]");
        assertThat(Arrays.stream(ids).max().orElseThrow()).isLessThan(TOKENIZER.bos());
        assertThat(new String(TOKENIZER.decode(ids), StandardCharsets.UTF_8)).isEqualTo("[BOS][EOS]");
    }

    @Test
    void specialIdsStandRightAboveTheRanksAndHaveNoBytes() {
        int ranks = ranksOf(TOKENIZER).size();
        assertThat(new int[] {TOKENIZER.bos(), TOKENIZER.eos(), TOKENIZER.pad()})
                .containsExactly(ranks, ranks + 1, ranks + 2);
        assertThat(TOKENIZER.vocabularySize()).isEqualTo(ranks + 3);
        for (int id = ranks; id < ranks + 3; id++) {
            assertThat(TOKENIZER.bytesOf(id)).isEmpty();
        }
        assertThatThrownBy(() -> TOKENIZER.bytesOf(ranks + 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TOKENIZER.bytesOf(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytesOfATokenAreACopy() {
        TOKENIZER.bytesOf(65)[0] = 'z';
        assertThat(TOKENIZER.bytesOf(65)).containsExactly('A');
    }

    @Test
    void savingAndLoadingGivesTheSameTokenizer(@TempDir Path directory) throws IOException {
        TOKENIZER.save(directory.resolve("a/b"));
        BytePairTokenizer loaded = BytePairTokenizer.load(directory.resolve("a/b"));
        assertThat(loaded.digest()).isEqualTo(TOKENIZER.digest()).matches("[0-9a-f]{64}");
        assertThat(loaded.pattern()).isEqualTo(TOKENIZER.pattern());
        assertThat(loaded.specials()).isEqualTo(TOKENIZER.specials());
        assertThat(loaded.encode(CORPUS)).containsExactly(TOKENIZER.encode(CORPUS));
        assertThat(loaded.tiktokenFile()).isEqualTo(TOKENIZER.tiktokenFile());
        assertThat(loaded.configFile()).isEqualTo(TOKENIZER.configFile());
    }

    @Test
    void anotherPatternIsAnotherDigest() {
        BytePairTokenizer other = BytePairTokenizer.parse(
                TOKENIZER.tiktokenFile(), config(TOKENIZER, "\\\\p{L}+|\\\\p{N}|", "\\\\p{N}|\\\\p{L}+|"), "memory");
        assertThat(other.digest()).isNotEqualTo(TOKENIZER.digest());
    }

    @Test
    void theCacheStaysBounded() {
        BytePairTokenizer tokenizer = trained(PiecePatterns.RETORT);
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 200_000; i++) {
            word.setLength(0);
            for (int digits = i; digits > 0; digits /= 26) {
                word.append((char) ('a' + digits % 26));
            }
            tokenizer.encode(word.append("xx").toString());
        }
        assertThat(tokenizer.cachedPieces()).isLessThan(70_000);
    }

    private static byte[] config(BytePairTokenizer tokenizer, String from, String to) {
        String config = new String(tokenizer.configFile(), StandardCharsets.UTF_8);
        assertThat(config).as("the text to change").contains(from);
        return config.replace(from, to).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aFileCutAnywhereIsRefused() {
        byte[] ranks = TOKENIZER.tiktokenFile();
        byte[] config = TOKENIZER.configFile();
        for (int length = 0; length < ranks.length; length++) {
            byte[] cut = Arrays.copyOf(ranks, length);
            assertThatThrownBy(() -> BytePairTokenizer.parse(cut, config, "memory"))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageContaining("expected")
                    .hasMessageContaining("found");
        }
        // The last byte is a newline after the closing brace.
        for (int length = 0; length < config.length - 1; length++) {
            byte[] cut = Arrays.copyOf(config, length);
            assertThatThrownBy(() -> BytePairTokenizer.parse(ranks, cut, "memory"))
                    .as("config cut at %d", length)
                    .isInstanceOf(InvalidDataException.class);
        }
    }

    @Test
    void withoutADigestInTheConfigACutVocabularyIsStillRefused() {
        // The special ids begin right above the ranks, so a shorter file leaves a gap.
        String config = new String(TOKENIZER.configFile(), StandardCharsets.UTF_8)
                .replaceAll(",\\s*\"tiktoken_sha256\" : \"[0-9a-f]+\"", "");
        assertThat(config).doesNotContain("sha256");
        byte[] ranks = TOKENIZER.tiktokenFile();
        for (int length = 0; length < ranks.length - 1; length++) {
            byte[] cut = Arrays.copyOf(ranks, length);
            assertThatThrownBy(() -> BytePairTokenizer.parse(cut, config.getBytes(StandardCharsets.UTF_8), "memory"))
                    .as("cut at %d", length)
                    .isInstanceOf(InvalidDataException.class);
        }
    }

    @Test
    void faultsOfAVocabularyAreNamedWithTheirLine() {
        String good = new String(TiktokenFile.write(ranks(300)), StandardCharsets.ISO_8859_1);
        assertThat(TiktokenFile.parse(bytes(good), "f").size()).isEqualTo(300);
        assertBroken(good.replace("Qg== 66\n", "QQ== 66\n"), "f:67", "already has rank 65");
        assertBroken(good.replace("Qg== 66\n", "Qg== 67\n"), "f:67", "rank 66");
        assertBroken(good.replace("Qg== 66\n", "Qg== 66 \n"), "f:67");
        assertBroken(good.replace("Qg== 66\n", "Qg== -66\n"), "f:67");
        assertBroken(good.replace("Qg== 66\n", "Qg==66\n"), "f:67");
        assertBroken(good.replace("Qg== 66\n", "Q%== 66\n"), "f:67");
        assertBroken(good.replace("Qg== 66\n", "Qg= 66\n"), "f:67");
        assertBroken(good.replace("Qg== 66\n", "Qg 66\n"), "f:67", "padded");
        assertBroken(good.replace("Qg== 66\n", " 66\n"), "f:67", "empty");
        assertBroken(good.replace("Qg== 66\n", "\n"), "f:67");
        assertBroken(good.replace("Qg== 66\n", "QgAA 66\n"), "0x42");
        assertBroken(good.replace("Qg== 66\n", "A".repeat(100_000) + " 66\n"), "f:67", "100003");
        assertBroken("", "0x0");
    }

    private static void assertBroken(String file, String... words) {
        assertThatThrownBy(() -> TiktokenFile.parse(bytes(file), "f"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContainingAll(words);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static ByteRanks ranks(int size) {
        ByteRanks ranks = new ByteRanks();
        for (int i = 0; i < size; i++) {
            ranks.add(i < 256 ? new byte[] {(byte) i} : new byte[] {'x', (byte) i});
        }
        return ranks;
    }

    @Test
    void faultsOfAConfigAreNamed() {
        String good = new String(TOKENIZER.configFile(), StandardCharsets.UTF_8);
        assertConfigBroken(good.replace("\"bos_token\" : \"[BOS]\"", "\"bos_token\" : \"[START]\""), "[START]");
        assertConfigBroken(good.replace("\"bos_token\" : \"[BOS]\"", "\"bos_token\" : 3"), "bos_token");
        assertConfigBroken(good.replace("\"bos_token\"", "\"eos_token\""), "eos_token");
        assertConfigBroken(good.replace("\"pattern\"", "\"other\""), "retort.pattern");
        assertConfigBroken(good.replace("\\\\p{L}+|", "(|"), "regular expression");
        assertConfigBroken(good.replace("\"" + TOKENIZER.bos() + "\"", "\"99999999999\""), "99999999999");
        assertConfigBroken(good.replace("\"" + TOKENIZER.bos() + "\"", "\"70000\""), "found " + TOKENIZER.eos());
        assertConfigBroken("[".repeat(100_000), "memory");
        assertConfigBroken(good + "{}", "memory");
        assertConfigBroken("null", "bos_token");
    }

    private static void assertConfigBroken(String config, String word) {
        assertThatThrownBy(() -> BytePairTokenizer.parse(
                        TOKENIZER.tiktokenFile(), config.getBytes(StandardCharsets.UTF_8), "memory"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(word);
    }
}

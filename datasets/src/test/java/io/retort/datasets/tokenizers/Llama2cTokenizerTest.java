package io.retort.datasets.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.SharedFiles;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.logits.TokenisedDocument;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Llama2cTokenizerTest {
    private static Llama2cTokenizer stories() throws Exception {
        return Llama2cTokenizer.parse(
                Files.readAllBytes(SharedFiles.require("data/teachers/stories260K/tok512.bin")), "tok512.bin");
    }

    @Test
    void goldenTextsGetTheIdsOfAnIndependentReference() throws Exception {
        Llama2cTokenizer tokenizer = stories();
        JsonNode golden = new ObjectMapper()
                .readTree(SharedFiles.require("data/teachers/stories260K/golden.json")
                        .toFile());
        assertThat(golden).isNotEmpty();
        for (JsonNode row : golden) {
            int[] ids = new ObjectMapper().convertValue(row.get("ids"), int[].class);
            assertThat(ids[0]).isEqualTo(tokenizer.bos());
            int[] expected = Arrays.copyOfRange(ids, 1, ids.length);
            int[] found = tokenizer.encode(row.get("text").asText());
            assertThat(Arrays.copyOf(found, Math.min(found.length, expected.length)))
                    .as(row.get("text").asText())
                    .containsExactly(expected);
        }
    }

    @Test
    void theStoriesGetTheIdsOfTransformers() throws Exception {
        String text = Files.readString(SharedFiles.require("fixtures/stories260K-text.txt"));
        JsonNode header;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(
                        Files.newInputStream(SharedFiles.require("fixtures/stories260K-logprobs.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            header = new ObjectMapper().readTree(lines.readLine());
        }
        int[] expected = new ObjectMapper().convertValue(header.get("first_2000_stream_ids"), int[].class);
        assertThat(expected).hasSize(2000);
        assertThat(Arrays.copyOf(stories().encode(text), 2000)).containsExactly(expected);
    }

    @Test
    void bytesOfIdsAreASpaceAndTheTextWhateverTheText() throws Exception {
        Llama2cTokenizer tokenizer = stories();
        Random random = new Random(8);
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(60), 0, i % 3 == 0 ? 0x3000 : 128)
                    .forEach(c -> text.appendCodePoint(c == 0 ? 0x1F600 : c));
            String expected = text.length() == 0 ? "" : " " + text;
            assertThat(tokenizer.decode(tokenizer.encode(text.toString())))
                    .isEqualTo(expected.getBytes(StandardCharsets.UTF_8));
            assertThat(tokenizer.decode(tokenizer.encodeContinuation(text.toString())))
                    .isEqualTo(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aLongRunWithoutASpaceIsTokenisedAndSpellsItself() throws Exception {
        String run = "a".repeat(1_000_000);
        assertThat(stories().decode(stories().encodeContinuation(run)))
                .hasSize(1_000_000)
                .containsOnly('a');
    }

    @ParameterizedTest
    @ValueSource(strings = {"Once upon a time", " two spaces", "\nline", "Ünï — 😀"})
    void aDocumentsOffsetsCountInItsTextAndNotInTheSpaceInFront(String text) throws Exception {
        TokenisedDocument tokenised =
                TokenisedDocument.of(Document.of("language", "story", "", text, List.of()), stories());
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        assertThat(tokenised.mismatch()).isEmpty();
        assertThat(tokenised.byteOffsets()[0]).isZero();
        assertThat(tokenised.byteOffsets()[tokenised.ids().length - 1]).isEqualTo(utf8.length);
        for (int i = 1; i < tokenised.ids().length - 1; i++) {
            byte[] token = stories().bytesOf(tokenised.ids()[i]);
            int at = tokenised.byteOffsets()[i];
            assertThat(Arrays.copyOfRange(utf8, at, at + token.length)).isEqualTo(token);
        }
    }

    @Test
    void mergingFollowsTheScoresAndUnknownCharactersBecomeTheirBytes() {
        // Scores decide between a+bc and ab+c; "é" has no token and its bytes are 0xC3 0xA9.
        Llama2cTokenizer tokenizer = Llama2cTokenizer.parse(
                file(List.of("a", "b", "c", "ab", "bc", "abc", " "), new float[] {-1, -2, -3, -5, -4, -6, -7}), "toy");
        assertThat(tokenizer.encodeContinuation("abd")).containsExactly(262, 3 + 'd');
        assertThat(tokenizer.encodeContinuation("xabc")).containsExactly(3 + 'x', 264);
        assertThat(tokenizer.encodeContinuation("bcé")).containsExactly(263, 3 + 0xC3, 3 + 0xA9);
        assertThat(tokenizer.encode("a")).containsExactly(265, 259);
        assertThat(tokenizer.encodeContinuation("cabc")).as("bc before ab").containsExactly(261, 264);
    }

    @Test
    void aDamagedFileIsRefusedWithThePlace() {
        byte[] whole = file(List.of("a", "b"), new float[] {-1, -2});
        for (int length : new int[] {0, 3, 4, 9, whole.length - 1}) {
            assertThatThrownBy(() -> Llama2cTokenizer.parse(Arrays.copyOf(whole, length), "toy.bin"))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageContaining("toy.bin");
        }
        assertThatThrownBy(() -> Llama2cTokenizer.parse(file(List.of("a", "a"), new float[] {-1, -2}), "toy.bin"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("once");
        assertThatThrownBy(() -> Llama2cTokenizer.parse(file(List.of("a", "b"), new float[] {-1, -1}), "toy.bin"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("score once");
    }

    private static byte[] file(List<String> texts, float[] scores) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(little(4).putInt(9).array());
        for (int id = 0; id < 259; id++) {
            entry(out, 0, id < 3 ? "<" + id + ">" : String.format("<0x%02X>", id - 3));
        }
        for (int i = 0; i < scores.length; i++) {
            entry(out, scores[i], texts.get(i));
        }
        return out.toByteArray();
    }

    private static void entry(ByteArrayOutputStream out, float score, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(little(8).putFloat(score).putInt(utf8.length).array());
        out.writeBytes(utf8);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

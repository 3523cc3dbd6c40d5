package io.retort.distill.teachers.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.logits.TokenisedDocument;
import io.retort.datasets.tokenizers.Llama2cTokenizer;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.distill.teachers.nano.SharedFixtures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HuggingFaceFileTokenizerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream =
                HuggingFaceFileTokenizerTest.class.getResourceAsStream("/tokenizers/byte-level/" + name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        }
    }

    private static Tokenizer byteLevel() throws IOException {
        return HuggingFaceFileTokenizer.parse(
                resource("tokenizer.json"), resource("tokenizer_config.json"), "byte-level");
    }

    private static Tokenizer stories() throws IOException {
        Path directory = SharedFixtures.directory("stories260K");
        return HuggingFaceFileTokenizer.parse(
                Files.readAllBytes(directory.resolve("tokenizer.json")),
                Files.readAllBytes(directory.resolve("tokenizer_config.json")),
                "stories260K");
    }

    @Test
    void everyLineOfTheStoriesHasTheIdsOfTheOtherTokenizerOfTheSameModel() throws IOException {
        Tokenizer library = stories();
        Path data = SharedFixtures.directory("../data/teachers/stories260K");
        Tokenizer ours = Llama2cTokenizer.parse(Files.readAllBytes(data.resolve("tok512.bin")), "tok512.bin");
        assertThat(library.vocabularySize()).isEqualTo(ours.vocabularySize());
        for (int id = 0; id < ours.vocabularySize(); id++) {
            assertThat(library.bytesOf(id)).as("bytes of id %d", id).isEqualTo(ours.bytesOf(id));
        }
        Path stories = data.resolve("../../language/tinystories/tinystories_val.txt");
        int lines = 0;
        for (String line : Files.readAllLines(stories)) {
            assertThat(library.encode(line)).as(line).isEqualTo(ours.encode(line));
            assertThat(library.encodeContinuation(line)).as(line).isEqualTo(ours.encodeContinuation(line));
            lines++;
        }
        assertThat(lines).isGreaterThan(1000);
    }

    @Test
    void aByteLevelModelGivesTheLibrarysIdsAndItsBytesSpellAnyText() throws IOException {
        Tokenizer tokenizer = byteLevel();
        for (JsonNode row : JSON.readTree(resource("expected.json"))) {
            String text = row.get("text").asText();
            int[] ids = tokenizer.encode(text);
            assertThat(ids).as(text).containsExactly(JSON.convertValue(row.get("ids"), int[].class));
            assertThat(tokenizer.decode(ids)).as(text).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(tokenizer.prefix()).isEmpty();
        assertThat(tokenizer.bytesOf(tokenizer.eos())).isEmpty();
    }

    @Test
    void namesOfSpecialTokensInATextAreOrdinaryText() throws IOException {
        Tokenizer tokenizer = stories();
        assertThat(tokenizer.decode(tokenizer.encode("a<s>b</s>")))
                .isEqualTo(" a<s>b</s>".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTextThatTheModelCannotSpellIsFoundByItsBytes() throws IOException {
        // U+2581 is what sentencepiece writes for a space, so that its token reads as one.
        TokenisedDocument tokenised =
                TokenisedDocument.of(Document.of("language", "story", "", "one\u2581two", List.of()), stories());
        assertThat(tokenised.mismatch()).contains(3);
        assertThat(tokenised.quarantine()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"type\":\"BPE\" | \"type\":\"Unigram\" | model.type",
                "\"add_prefix_space\":false | \"add_prefix_space\":true | add_prefix_space",
                "\"decoder\":{\"type\":\"ByteLevel\" | \"decoder\":{\"type\":\"WordPiece\" | decoder",
                "\"merges\" | \"mergers\" | tokenizer.json",
            })
    void aModelOfAnotherKindIsRefusedByTheSetting(String from, String to, String words) throws IOException {
        String file = new String(resource("tokenizer.json"), StandardCharsets.UTF_8);
        assertThat(file).contains(from.trim());
        byte[] changed = file.replace(from.trim(), to.trim()).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> HuggingFaceFileTokenizer.parse(changed, resource("tokenizer_config.json"), "other"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(words.trim())
                .hasMessageContaining("other");
    }
}

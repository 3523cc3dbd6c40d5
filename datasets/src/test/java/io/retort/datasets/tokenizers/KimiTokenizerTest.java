package io.retort.datasets.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retort.datasets.SharedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kimi-K2's own vocabulary against ids that tiktoken and a second encoder agreed on. */
class KimiTokenizerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyFixtureStringGetsTiktokensIdsAndPieces() throws IOException {
        Path fixture = SharedFiles.require("fixtures/kimi-tokenizer.jsonl");
        BytePairTokenizer tokenizer = BytePairTokenizer.load(SharedFiles.require("data/teachers/kimi-k2-tokenizer"));
        int strings = 0;
        for (String line : Files.readAllLines(fixture, StandardCharsets.UTF_8)) {
            JsonNode row = JSON.readTree(line);
            int[] ids = tokenizer.encode(row.get("text").asText());
            assertThat(ids)
                    .as(row.get("text").toString())
                    .containsExactly(JSON.convertValue(row.get("ids"), int[].class));
            for (int i = 0; i < ids.length; i++) {
                assertThat(HexFormat.of().formatHex(tokenizer.bytesOf(ids[i])))
                        .isEqualTo(row.get("pieces_hex").get(i).asText());
            }
            strings++;
        }
        assertThat(strings).isGreaterThan(200);
    }

    @Test
    @Timeout(60)
    void aMegabyteOfOneLetterOrSpaceOrDigitIsTokenisedAndSpellsItself() throws IOException {
        BytePairTokenizer tokenizer = BytePairTokenizer.load(SharedFiles.require("data/teachers/kimi-k2-tokenizer"));
        for (String unit : new String[] {"a", "A", " ", "\n", "7", "-", "\u4e2d", "aB"}) {
            String run = unit.repeat(1_000_000 / unit.length());
            assertThat(tokenizer.decode(tokenizer.encode(run)))
                    .as("a run of U+%04X", (int) unit.charAt(0))
                    .isEqualTo(run.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void specialIdsAreThoseOfTheModel() throws IOException {
        JsonNode facts = JSON.readTree(
                SharedFiles.require("fixtures/kimi-special-tokens.json").toFile());
        BytePairTokenizer tokenizer = BytePairTokenizer.load(SharedFiles.require("data/teachers/kimi-k2-tokenizer"));
        assertThat(tokenizer.vocabularySize()).isEqualTo(facts.get("n_vocab").asInt());
        assertThat(tokenizer.bos()).isEqualTo(facts.get("bos").asInt());
        assertThat(tokenizer.eos()).isEqualTo(facts.get("eos").asInt());
        assertThat(tokenizer.pad())
                .isEqualTo(facts.get("named_special_tokens").get("[PAD]").asInt());
        assertThat(tokenizer.bytesOf(tokenizer.bos())).isEmpty();
        assertThat(tokenizer.bytesOf(163_700)).as("a reserved id").isEmpty();
    }
}

package io.retort.datasets.logits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.tokenizers.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChunkerTest {
    private static final ByteTokenizer TOKENIZER = new ByteTokenizer();
    private static final Document DOCUMENT =
            Document.of("language", "story", "Once upon a time\n", "there was a fox and a crow.", List.of());

    @ParameterizedTest
    @CsvSource({"5,0", "5,4", "7,3", "20,5", "44,11", "45,11", "46,11", "1000,250"})
    void everyTokenIsScoredOnceWithTheTokensBeforeItAsContext(int capacity, int overlap) {
        TokenisedDocument tokenised = TokenisedDocument.of(DOCUMENT, TOKENIZER);
        int[] all = tokenised.ids();
        assertThat(all).hasSize(45).endsWith(TOKENIZER.eos());

        List<Integer> scored = new ArrayList<>();
        List<Integer> offsets = new ArrayList<>();
        List<Chunk> chunks = new Chunker(capacity, overlap).chunks(tokenised);
        for (Chunk chunk : chunks) {
            int firstScored = scored.size();
            assertThat(chunk.origin().chunk()).isEqualTo(chunks.indexOf(chunk));
            assertThat(chunk.ids().length).isLessThanOrEqualTo(capacity);
            assertThat(chunk.scoredFrom()).isEqualTo(firstScored == 0 ? 0 : overlap);
            assertThat(chunk.ids())
                    .isEqualTo(Arrays.copyOfRange(
                            all, firstScored - chunk.scoredFrom(), firstScored + chunk.scoredCount()));
            Arrays.stream(chunk.scoredIds()).forEach(scored::add);
            Arrays.stream(chunk.byteOffsets()).forEach(offsets::add);
        }
        assertThat(scored).isEqualTo(Arrays.stream(all).boxed().toList());
        assertThat(offsets)
                .isEqualTo(Arrays.stream(tokenised.byteOffsets()).boxed().toList());
        assertThat(offsets.get(44)).isEqualTo(44);
    }

    @Test
    void originsNameTheDocumentItsDomainAndItsPrompt() {
        ChunkOrigin origin = TokenisedDocument.of(DOCUMENT, TOKENIZER).origin(3);

        assertThat(origin.documentId()).isEqualTo(DOCUMENT.id());
        assertThat(origin.domain()).isEqualTo("language");
        assertThat(origin.split()).isEqualTo(DOCUMENT.split());
        assertThat(origin.promptBytes()).isEqualTo(17);
        assertThat(origin.chunk()).isEqualTo(3);
    }

    @Test
    void tokensThatDoNotSpellTheTextGoToQuarantine() {
        Tokenizer lossy = new LossyTokenizer();
        TokenisedDocument tokenised =
                TokenisedDocument.of(Document.of("language", "story", "", "a café", List.of()), lossy);

        assertThat(tokenised.quarantine()).hasValueSatisfying(row -> {
            assertThat(row.reason()).isEqualTo(QuarantineReason.TEXT_MISMATCH);
            assertThat(row.detail()).contains("7 bytes").endsWith("found a difference at 5");
        });
        assertThatThrownBy(() -> new Chunker(10, 2).chunks(tokenised)).isInstanceOf(IllegalArgumentException.class);
        assertThat(TokenisedDocument.of(DOCUMENT, lossy).quarantine()).isEmpty();
        assertThat("a café".getBytes(StandardCharsets.UTF_8)).hasSize(7);
    }

    @Test
    void aTeachersContextIncludesTheTokenBeforeTheText() {
        assertThat(Chunker.fitting(512)).isEqualTo(new Chunker(511, 127));
    }

    /** Takes the accent off an é. */
    private static final class LossyTokenizer implements Tokenizer {
        @Override
        public int vocabularySize() {
            return TOKENIZER.vocabularySize();
        }

        @Override
        public int bos() {
            return TOKENIZER.bos();
        }

        @Override
        public int eos() {
            return TOKENIZER.eos();
        }

        @Override
        public int[] encode(String text) {
            return TOKENIZER.encode(text.replace('é', 'e'));
        }

        @Override
        public byte[] bytesOf(int id) {
            return TOKENIZER.bytesOf(id);
        }

        @Override
        public String digest() {
            return TOKENIZER.digest();
        }
    }
}

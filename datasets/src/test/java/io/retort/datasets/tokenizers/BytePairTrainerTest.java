package io.retort.datasets.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytePairTrainerTest {
    private static String token(BytePairTokenizer tokenizer, int id) {
        return new String(tokenizer.bytesOf(id), StandardCharsets.UTF_8);
    }

    @Test
    void theExampleOfThePaperMergesAsInThePaper() {
        // Sennrich et al. (2016), section 3.2: low 5, lower 2, newest 6, widest 3, where e+s (9) then es+t (9) come
        // first; the paper's end-of-word mark is left out here, so lo (7), low (7) follow at once.
        BytePairTrainer trainer = new BytePairTrainer(256 + 4, PiecePatterns.RETORT);
        trainer.add("low ".repeat(5) + "lower ".repeat(2) + "newest ".repeat(6) + "widest ".repeat(3));
        BytePairTokenizer tokenizer = trainer.train();
        List<String> merges = new ArrayList<>();
        for (int id = 256; id < 260; id++) {
            merges.add(token(tokenizer, id));
        }
        assertThat(merges).containsExactly("es", "est", "lo", "low");
    }

    @Test
    void equalsGoToTheLowestPair() {
        BytePairTrainer trainer = new BytePairTrainer(256 + 2, PiecePatterns.RETORT);
        trainer.add("zy zy ba ba ab ab");
        BytePairTokenizer tokenizer = trainer.train();
        assertThat(token(tokenizer, 256)).isEqualTo("ab");
        assertThat(token(tokenizer, 257)).isEqualTo("ba");
    }

    @Test
    void theOrderOfTheTextsDoesNotMatter() {
        List<String> texts = new ArrayList<>();
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 20; word++) {
                for (int letter = random.nextInt(7); letter >= 0; letter--) {
                    text.append((char) ('a' + random.nextInt(5)));
                }
                text.append(' ');
            }
            texts.add(text.toString());
        }
        String digest = trained(texts).digest();
        for (int seed = 0; seed < 3; seed++) {
            Collections.shuffle(texts, new Random(seed));
            assertThat(trained(texts).digest()).isEqualTo(digest);
        }
        texts.set(0, "abcdefgh ".repeat(500));
        assertThat(trained(texts).digest()).isNotEqualTo(digest);
    }

    private static BytePairTokenizer trained(List<String> texts) {
        BytePairTrainer trainer = new BytePairTrainer(256 + 200, PiecePatterns.RETORT);
        texts.forEach(trainer::add);
        return trainer.train();
    }

    @Test
    void trainingStopsWhenNoPairOccursTwice() {
        BytePairTrainer trainer = new BytePairTrainer(4096, PiecePatterns.RETORT);
        trainer.add("abc abd");
        BytePairTokenizer tokenizer = trainer.train();
        assertThat(token(tokenizer, 256)).isEqualTo("ab");
        assertThat(tokenizer.vocabularySize()).isEqualTo(256 + 1 + 3);
    }

    @Test
    void digitsNeverMergeAndNothingMergesAcrossTheEndOfALine() {
        BytePairTrainer trainer = new BytePairTrainer(4096, PiecePatterns.RETORT);
        trainer.add("1212a\n{\"b\"\n".repeat(50));
        BytePairTokenizer tokenizer = trainer.train();
        List<String> merged = new ArrayList<>();
        for (int id = 256; id < tokenizer.vocabularySize() - 3; id++) {
            merged.add(new String(tokenizer.bytesOf(id), StandardCharsets.UTF_8));
        }
        assertThat(merged).containsExactlyInAnyOrder("{\"", "\"\n");
    }

    @Test
    void withNoTextAtAllEveryByteIsStillAToken() {
        BytePairTokenizer tokenizer = new BytePairTrainer(256, PiecePatterns.RETORT).train();
        assertThat(tokenizer.encode("hé")).containsExactly('h', 0xc3, 0xa9);
        assertThatThrownBy(() -> new BytePairTrainer(255, PiecePatterns.RETORT))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

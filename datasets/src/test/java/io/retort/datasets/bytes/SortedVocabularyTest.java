package io.retort.datasets.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retort.datasets.logits.LogitSettings;
import io.retort.datasets.logits.TailModel;
import io.retort.datasets.logits.TokenTransitions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SortedVocabularyTest {
    private static final ToyTokenizer TOKENIZER = new ToyTokenizer(randomStrings());

    private static List<String> randomStrings() {
        SplittableRandom random = new SplittableRandom(8);
        Set<String> strings = new TreeSet<>((a, b) -> b.compareTo(a));
        while (strings.size() < 300) {
            StringBuilder string = new StringBuilder();
            for (int length = 1 + random.nextInt(6); length > 0; length--) {
                string.append("abcé".charAt(random.nextInt(4)));
            }
            strings.add(string.toString());
        }
        return new ArrayList<>(strings);
    }

    @Test
    void aNodeHasJustTheTokensThatStartWithItsBytes() {
        SortedVocabulary vocabulary = new SortedVocabulary(TOKENIZER);
        PrefixTree tree = vocabulary.tree();
        for (String string : TOKENIZER.strings()) {
            byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
            int node = SortedVocabulary.ROOT;
            for (int depth = 1; depth <= bytes.length; depth++) {
                node = vocabulary.child(node, bytes[depth - 1] & 0xFF);
                byte[] prefix = Arrays.copyOf(bytes, depth);
                List<Integer> found = new ArrayList<>();
                List<Integer> same = new ArrayList<>();
                for (int rank = tree.firstRank(node); rank < tree.endRank(node); rank++) {
                    (rank < tree.terminalEnd(node) ? same : found).add(vocabulary.id(rank));
                }
                assertThat(same).containsExactlyInAnyOrderElementsOf(idsThatStartWith(prefix, true));
                assertThat(found).containsExactlyInAnyOrderElementsOf(idsThatStartWith(prefix, false));
            }
        }
        assertThat(vocabulary.child(SortedVocabulary.ROOT, 'z')).isEqualTo(SortedVocabulary.NONE);
        assertThat(vocabulary.longestToken())
                .isEqualTo(TOKENIZER.strings().stream()
                        .mapToInt(string -> string.getBytes(StandardCharsets.UTF_8).length)
                        .max()
                        .orElseThrow());
        assertThat(vocabulary.rank(TOKENIZER.bos())).isEqualTo(SortedVocabulary.NONE);
        assertThat(vocabulary.symbol(vocabulary.rank(TOKENIZER.eos()), 0)).isEqualTo(ByteDistributions.END);
    }

    private static List<Integer> idsThatStartWith(byte[] prefix, boolean equal) {
        List<Integer> ids = new ArrayList<>();
        for (int id = 0; id < TOKENIZER.bos(); id++) {
            byte[] token = TOKENIZER.bytesOf(id);
            boolean starts =
                    token.length >= prefix.length && Arrays.equals(token, 0, prefix.length, prefix, 0, prefix.length);
            if (starts && (token.length == prefix.length) == equal) {
                ids.add(id);
            }
        }
        return ids;
    }

    @Test
    void theMassOfARangeIsTheSumOfItsTokens() {
        ToyTeacher teacher = new ToyTeacher(TOKENIZER, 2, 0.2, 3);
        ToyDataset dataset = ToyDataset.draw(TOKENIZER, teacher, LogitSettings.defaults(), 50);
        TokenTransitions transitions = new TokenTransitions(TOKENIZER.vocabularySize(), TOKENIZER.bos());
        dataset.documents().forEach(document -> document.rows().forEach(transitions::add));
        TailModel model = TailModel.of(transitions);
        SortedVocabulary vocabulary = new SortedVocabulary(TOKENIZER);
        PrefixTail tail = new PrefixTail(model, vocabulary);
        FirstByteAfterToken firstBytes = new FirstByteAfterToken(model, vocabulary);
        SplittableRandom random = new SplittableRandom(3);

        for (int previous = 0; previous < TOKENIZER.vocabularySize(); previous++) {
            double[] expected = model.distribution(previous);
            int from = random.nextInt(vocabulary.ranks());
            int to = from + random.nextInt(vocabulary.ranks() - from + 1);
            double sum = 0;
            double[] first = new double[257];
            for (int rank = 0; rank < vocabulary.ranks(); rank++) {
                double probability = expected[vocabulary.id(rank)];
                sum += rank >= from && rank < to ? probability : 0;
                first[vocabulary.symbol(rank, 0)] += probability;
            }
            assertThat(tail.mass(previous, from, to)).isCloseTo(sum, within(1e-12));
            assertThat(firstBytes.after(previous)).containsExactly(first, within(1e-12));
        }
    }
}

package io.retort.datasets.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.logits.ChunkOrigin;
import io.retort.datasets.logits.DocumentRows;
import io.retort.datasets.logits.EntrySelection;
import io.retort.datasets.logits.LogitRow;
import io.retort.datasets.logits.LogitSettings;
import io.retort.datasets.logits.StoredEntries;
import io.retort.datasets.logits.TokenTransitions;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.inference.digests.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Byte targets against exact byte marginals, which {@link ToyTeacher} gets by enumerating token sequences. */
final class ByteAlignerTest {
    private static final Logger LOG = LoggerFactory.getLogger(ByteAlignerTest.class);

    private static final ToyTokenizer AMBIGUOUS = new ToyTokenizer(List.of("a", "b", "ab", "ba", "aab", "bb", "aba"));
    private static final LogitSettings ALL_ENTRIES = new LogitSettings(EntrySelection.fixed(16), 3);

    @Test
    void eachFurtherStepIsCloserToTheExactMarginals() {
        ToyDataset dataset = ToyDataset.draw(AMBIGUOUS, new ToyTeacher(AMBIGUOUS, 1, 0.1, 1.5), ALL_ENTRIES, 400);
        AlignmentModel model = dataset.model();

        double[] bits = Arrays.stream(AlignmentMethod.values())
                .mapToDouble(method -> dataset.bitsFromExact(model, method, 80))
                .toArray();

        for (AlignmentMethod method : AlignmentMethod.values()) {
            LOG.info("KL from the exact marginals, bits a position: {} {}", method, bits[method.ordinal()]);
        }
        assertThat(bits[1]).isLessThan(0.99 * bits[0]);
        assertThat(bits[2]).isLessThan(0.5 * bits[1]);
        assertThat(bits[3]).isLessThan(0.5 * bits[2]);
    }

    /** With three of twelve tokens stored at a position, of eight different bytes, what the tail is taken for decides. */
    @Test
    void aTailSharedOutByThePreviousTokenIsCloserToTheExactMarginalsThanAnEvenOneOrNone() {
        ToyTokenizer tokenizer =
                new ToyTokenizer(List.of("a", "b", "c", "d", "e", "f", "g", "h", "ab", "ba", "cd", "gh"));
        LogitSettings three = new LogitSettings(EntrySelection.fixed(3), 3);
        ToyDataset dataset = ToyDataset.draw(tokenizer, new ToyTeacher(tokenizer, 1, 0.1, 1.5), three, 400);
        AlignmentModel unseen =
                new AlignmentModel(tokenizer, new TokenTransitions(tokenizer.vocabularySize(), tokenizer.bos()));
        double conditioned = dataset.bitsFromExact(dataset.model(), AlignmentMethod.ALL_PATHS, 80);
        double even = dataset.bitsFromExact(unseen, AlignmentMethod.ALL_PATHS, 80);
        double dropped = dataset.withoutTails().bitsFromExact(dataset.model(), AlignmentMethod.ALL_PATHS, 80);

        LOG.info("KL with three entries, bits: conditioned {}, even {}, dropped {}", conditioned, even, dropped);
        assertThat(conditioned).isLessThan(0.9 * even);
        assertThat(conditioned).isLessThan(0.9 * dropped);
    }

    @Test
    void tokensThatCrossBoundariesAndNeverEndAreCountedExactly() {
        // "abb" starts at the boundary before an "a" and dies at the next "a": it never ends inside these texts.
        ToyTokenizer tokenizer = new ToyTokenizer(List.of("a", "b", "abb"));
        ToyTeacher teacher = new ToyTeacher(tokenizer, 3, 0.05, 1);
        List<DocumentRows> documents = List.of(
                score(tokenizer, teacher, 0, 1, 0, 1, 0, 0, 1), score(tokenizer, teacher, 1, 0, 1, 0, 0, 0, 1, 0));
        ToyDataset dataset = new ToyDataset(tokenizer, teacher, documents);
        AlignmentModel model = dataset.model();

        assertThat(dataset.bitsFromExact(model, AlignmentMethod.EARLIER_BOUNDARIES, 2))
                .isLessThan(5e-4);
        assertThat(dataset.bitsFromExact(model, AlignmentMethod.OFF_PATH_TOKENS, 2))
                .isLessThan(5e-4);
        assertThat(dataset.bitsFromExact(model, AlignmentMethod.ALL_PATHS, 2)).isLessThan(5e-4);
        assertThat(dataset.bitsFromExact(model, AlignmentMethod.CURRENT_TOKEN, 2))
                .isGreaterThan(0.05);
    }

    @Test
    void wherePathsMeetAtActualBoundariesAllPathsAreCountedExactly() {
        // Every byte is a token of its own, so all other paths run from one actual boundary to another; and a teacher
        // that looks at the last byte only says the same whatever path has led to a boundary.
        ToyTeacher teacher = new ToyTeacher(AMBIGUOUS, 5, 0.05, 1.5).lookingAtLastByteOnly();
        ToyDataset dataset = new ToyDataset(
                AMBIGUOUS,
                teacher,
                List.of(
                        score(AMBIGUOUS, teacher, 0, 0, 1, 0, 1, 1, 0, 0, 0),
                        score(AMBIGUOUS, teacher, 1, 1, 0, 0, 1, 0, 1, 1, 0)));
        AlignmentModel model = dataset.model();

        assertThat(dataset.bitsFromExact(model, AlignmentMethod.ALL_PATHS, 2)).isLessThan(5e-4);
        assertThat(dataset.bitsFromExact(model, AlignmentMethod.EARLIER_BOUNDARIES, 2))
                .isGreaterThan(5e-3);
    }

    @Test
    void theEndOfTextHasItsProbabilityAtBoundariesAndAlmostNoneElsewhere() {
        ToyTokenizer tokenizer = new ToyTokenizer(List.of("a", "bc"));
        ToyTeacher teacher = new ToyTeacher(tokenizer, 7, 0.2, 1);
        ToyDataset dataset = new ToyDataset(tokenizer, teacher, List.of(score(tokenizer, teacher, 0, 1, 1, 0)));

        ByteTargets targets =
                new ByteAligner(dataset.model()).align(dataset.documents().get(0));

        assertThat(targets.text()).isEqualTo("abcbca".getBytes(StandardCharsets.UTF_8));
        double[] end = new double[7];
        for (int j = 0; j < end.length; j++) {
            end[j] = ToyDataset.dense(targets.distributions(), j)[ByteDistributions.END];
        }
        for (int boundary : new int[] {0, 1, 3, 5, 6}) {
            assertThat(end[boundary]).isCloseTo(0.2, within(0.2 / 32 + 1e-4));
        }
        assertThat(end[2]).isZero();
        assertThat(end[4]).isZero();
    }

    @Test
    void confidenceIsFullWhereAllIsStoredAndLessWhereItIsNot() {
        ToyTokenizer tokenizer = new ToyTokenizer(List.of("a", "b", "abb"));
        ToyTeacher teacher = new ToyTeacher(tokenizer, 3, 0.05, 1);
        LogitSettings two = new LogitSettings(EntrySelection.fixed(2), 3);
        DocumentRows whole = score(tokenizer, teacher, 0, 1, 0, 1, 0);
        DocumentRows part = ToyDataset.score(tokenizer, teacher, two, "d", List.of(0, 1, 0, 1, 0, tokenizer.eos()));
        AlignmentModel model = new ToyDataset(tokenizer, teacher, List.of(whole)).model();

        ByteDistributions full = new ByteAligner(model).align(whole).distributions();
        ByteDistributions partial = new ByteAligner(model).align(part).distributions();

        for (int j = 0; j < full.positions(); j++) {
            assertThat(full.confidence(j)).isEqualTo(1);
            assertThat(partial.confidence(j)).isLessThan(1);
        }
        // The tail after storage: less the actual token, which keeps its own probability; the model also gives a
        // little of the tail to the begin of text, which has no bytes.
        LogitRow row = part.rows().get(0);
        double actual = isStored(row, 0) ? 0 : Math.exp(row.logProbabilities()[0]);
        assertThat(1 - partial.confidence(0)).isCloseTo(row.entries().tailMass()[0] - actual, within(0.01));
    }

    private static boolean isStored(LogitRow row, int position) {
        int start = row.entries().starts()[position];
        return Arrays.stream(row.entries().ids(), start, start + row.entries().counts()[position])
                .anyMatch(id -> id == row.tokenIds()[position]);
    }

    @Test
    void improbableTextDoesNotOverflowTheWeights() {
        // Each "a" has a probability of e^-60 here, so that W of a boundary twenty tokens back is e^1200.
        String longest = "a".repeat(40) + "b";
        ToyTokenizer tokenizer = new ToyTokenizer(List.of("a", "b", longest));
        double rare = 1e-26;
        ToyTeacher teacher = new ToyTeacher(tokenizer, 1, 0.1, 1) {
            @Override
            double[] next(List<Integer> before) {
                return new double[] {rare, 0.4, 0.5, 0, 0.1};
            }
        };
        Integer[] tokens = new Integer[31];
        Arrays.fill(tokens, 0);
        tokens[30] = tokenizer.eos();
        DocumentRows document = ToyDataset.score(tokenizer, teacher, ALL_ENTRIES, "d", List.of(tokens));
        AlignmentModel model = new ToyDataset(tokenizer, teacher, List.of(document)).model();

        for (AlignmentMethod method : AlignmentMethod.values()) {
            ByteDistributions targets =
                    new ByteAligner(model, method).align(document).distributions();
            // After an "a", all but 1e-26 of the mass is on the token of forty of them.
            boolean earlier = method != AlignmentMethod.CURRENT_TOKEN;
            assertThat(ToyDataset.dense(targets, 20)['a']).isCloseTo(earlier ? 1 : 0.5, within(0.02));
        }
    }

    @Test
    void asManySymbolsAreKeptAsAskedFor() {
        ToyTeacher teacher = new ToyTeacher(AMBIGUOUS, 9, 0.1, 1.5);
        ToyDataset dataset = ToyDataset.draw(AMBIGUOUS, teacher, ALL_ENTRIES, 1);
        DocumentRows document = dataset.documents().get(0);

        ByteDistributions two = new ByteAligner(dataset.model(), AlignmentMethod.ALL_PATHS, 2)
                .align(document)
                .distributions();
        ByteDistributions many =
                new ByteAligner(dataset.model()).align(document).distributions();

        int fewer = 0;
        for (int j = 0; j < two.counts().length; j++) {
            assertThat((int) two.counts()[j]).isEqualTo(Math.min(2, many.counts()[j]));
            assertThat(two.symbols()[two.starts()[j]]).isEqualTo(many.symbols()[many.starts()[j]]);
            fewer += many.counts()[j] > 2 ? 1 : 0;
        }
        assertThat(fewer).isPositive();
        assertThatThrownBy(() -> new ByteAligner(dataset.model(), AlignmentMethod.ALL_PATHS, 33))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("33");
    }

    @Test
    void theBytesOfATextAreAtLeastAsLikelyAsItsTokens() {
        // P(bytes) is a sum over all token sequences that spell them, the actual one among them.
        ToyTeacher teacher = new ToyTeacher(AMBIGUOUS, 9, 0.1, 1.5);
        ToyDataset dataset = ToyDataset.draw(AMBIGUOUS, teacher, ALL_ENTRIES, 100);
        ByteAligner aligner = new ByteAligner(dataset.model());

        for (DocumentRows document : dataset.documents()) {
            ByteTargets targets = aligner.align(document);
            double bytes = 0;
            for (int j = 0; j <= targets.text().length; j++) {
                bytes += Math.log(ToyDataset.dense(targets.distributions(), j)[targets.actual(j)]);
            }
            double tokens = 0;
            for (float logProbability : document.rows().get(0).logProbabilities()) {
                tokens += logProbability;
            }
            assertThat(bytes).isGreaterThan(tokens - 1e-3 * (targets.text().length + 1));
        }
    }

    @Test
    void aDocumentInTwoChunksHasTheTargetsOfTheWhole() {
        ToyTeacher teacher = new ToyTeacher(AMBIGUOUS, 9, 0.1, 1.5);
        ToyDataset dataset = ToyDataset.draw(AMBIGUOUS, teacher, ALL_ENTRIES, 30);
        ByteAligner aligner = new ByteAligner(dataset.model());

        for (DocumentRows document : dataset.documents()) {
            LogitRow whole = document.rows().get(0);
            for (int cut = 1; cut < whole.tokens(); cut++) {
                DocumentRows parts =
                        new DocumentRows(List.of(part(whole, 0, 0, cut), part(whole, 1, cut, whole.tokens())));
                assertThat(aligner.align(parts)).usingRecursiveComparison().isEqualTo(aligner.align(document));
            }
        }
    }

    @Test
    void whatATokenizerPutsInFrontIsReadAndHasNoTargets() {
        ToyTeacher teacher = new ToyTeacher(AMBIGUOUS, 9, 0.1, 1.5);
        ToyDataset dataset = ToyDataset.draw(AMBIGUOUS, teacher, ALL_ENTRIES, 60);
        TokenTransitions transitions = new TokenTransitions(AMBIGUOUS.vocabularySize(), AMBIGUOUS.bos());
        dataset.documents().forEach(document -> document.rows().forEach(transitions::add));
        ByteAligner whole = new ByteAligner(dataset.model());
        ByteAligner prefixed = new ByteAligner(new AlignmentModel(new StartingWithA(AMBIGUOUS), transitions));
        int compared = 0;
        for (DocumentRows document : dataset.documents()) {
            byte[] spelled = document.text(AMBIGUOUS);
            if (spelled.length < 2 || spelled[0] != 'a') {
                continue;
            }
            byte[] text = Arrays.copyOfRange(spelled, 1, spelled.length);
            LogitRow row = document.rows().get(0);
            ByteTargets found =
                    prefixed.align(new DocumentRows(List.of(part(row, 0, 0, row.tokens(), Sha256.hex(text)))));
            ByteTargets expected = whole.align(document);
            assertThat(found.text()).isEqualTo(text);
            assertThat(found.distributions().positions()).isEqualTo(text.length + 1);
            for (int j = 0; j <= text.length; j++) {
                assertThat(ToyDataset.dense(found.distributions(), j))
                        .isEqualTo(ToyDataset.dense(expected.distributions(), j + 1));
            }
            compared++;
        }
        assertThat(compared).isGreaterThan(5);
    }

    /** The toy's tokens for texts in front of which an "a" is put. */
    private record StartingWithA(ToyTokenizer toy) implements Tokenizer {
        @Override
        public int vocabularySize() {
            return toy.vocabularySize();
        }

        @Override
        public int bos() {
            return toy.bos();
        }

        @Override
        public int eos() {
            return toy.eos();
        }

        @Override
        public byte[] prefix() {
            return new byte[] {'a'};
        }

        @Override
        public int[] encode(String text) {
            return toy.encode("a" + text);
        }

        @Override
        public byte[] bytesOf(int id) {
            return toy.bytesOf(id);
        }

        @Override
        public String digest() {
            return "d".repeat(64);
        }
    }

    private static LogitRow part(LogitRow row, int chunk, int from, int to) {
        return part(row, chunk, from, to, row.origin().textDigest());
    }

    private static LogitRow part(LogitRow row, int chunk, int from, int to, String textDigest) {
        ChunkOrigin whole = row.origin();
        StoredEntries entries = row.entries();
        int[] starts = entries.starts();
        return new LogitRow(
                new ChunkOrigin(whole.documentId(), chunk, whole.domain(), whole.split(), textDigest, 0),
                Arrays.copyOfRange(row.tokenIds(), from, to),
                Arrays.copyOfRange(row.byteOffsets(), from, to),
                Arrays.copyOfRange(row.logProbabilities(), from, to),
                new StoredEntries(
                        Arrays.copyOfRange(entries.counts(), from, to),
                        Arrays.copyOfRange(entries.ids(), starts[from], starts[to]),
                        Arrays.copyOfRange(entries.codes(), starts[from], starts[to]),
                        Arrays.copyOfRange(entries.tailMass(), from, to)));
    }

    @Test
    void rowsThatAreNotTheWholeDocumentAreRefused() {
        ToyTeacher teacher = new ToyTeacher(AMBIGUOUS, 1, 0.1, 1);
        DocumentRows whole = score(AMBIGUOUS, teacher, 0, 1, 2);
        AlignmentModel model = new ToyDataset(AMBIGUOUS, teacher, List.of(whole)).model();
        DocumentRows withoutEnd = ToyDataset.score(AMBIGUOUS, teacher, ALL_ENTRIES, "d", List.of(0, 1, 2));

        assertThatThrownBy(() -> new ByteAligner(model).align(withoutEnd))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("document d: expected the end of text as the last token, found token 2");
    }

    private static DocumentRows score(ToyTokenizer tokenizer, ToyTeacher teacher, Integer... tokens) {
        Integer[] all = Arrays.copyOf(tokens, tokens.length + 1);
        all[tokens.length] = tokenizer.eos();
        return ToyDataset.score(tokenizer, teacher, ALL_ENTRIES, "d", List.of(all));
    }
}

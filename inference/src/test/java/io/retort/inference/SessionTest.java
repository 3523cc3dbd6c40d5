package io.retort.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.ensembles.BytePrediction;
import io.retort.inference.ensembles.BytePrediction.Candidate;
import io.retort.inference.ensembles.GivenText;
import io.retort.inference.ensembles.SymbolWatcher;
import io.retort.inference.memory.Compression;
import io.retort.inference.memory.MemoryLimitException;
import io.retort.inference.memory.MemoryOptions;
import io.retort.inference.memory.Waiter;
import io.retort.inference.memory.blocking.BoundedMemory;
import io.retort.inference.routing.PerformanceHistory;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.Sampling;
import io.retort.inference.scoring.ScoringRequest;
import io.retort.inference.scoring.StopReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SessionTest {
    private static final List<String> EXPERTS = List.of("a", "b", "c", "d");
    private static final Bundle BUNDLE = Bundle.open(new MemoryBundleSource(TinyBundle.files(EXPERTS)));
    private static final ExpertSelection ROUTED = ExpertSelection.routed();
    private static final GenerationOptions TWENTY = GenerationOptions.greedy(new GenerationLimits(20));

    private final Retort retort = new Retort(BUNDLE);

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] randomText(Random random, int most) {
        byte[] text = new byte[random.nextInt(most)];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (random.nextInt(8) == 0 ? random.nextInt(256) : ' ' + random.nextInt(95));
        }
        return text;
    }

    private static GenerationOptions randomOptions(Random random) {
        GenerationOptions options = GenerationOptions.greedy(new GenerationLimits(1 + random.nextInt(40)));
        if (random.nextBoolean()) {
            options = options.sampled(new Sampling(1, 0.95), random.nextLong());
        }
        String letter = String.valueOf((char) (' ' + random.nextInt(95)));
        return random.nextBoolean() ? options.stoppingAt(letter + "~", letter) : options;
    }

    /** Takes bytes until it has heard so many. */
    private static ByteListener taking(int most) {
        int[] left = {most};
        return value -> --left[0] > 0;
    }

    private static void assertSame(String where, Answer found, Answer expected) {
        assertThat(found.generation().bytes())
                .as(where)
                .isEqualTo(expected.generation().bytes());
        assertThat(found.generation().stop()).isEqualTo(expected.generation().stop());
        assertThat(found.generation().logLikelihood())
                .isEqualTo(expected.generation().logLikelihood());
        assertThat(found.routing()).isEqualTo(expected.routing());
    }

    private static byte[] concatenate(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void whateverTheTurnsAreASessionSaysToTheLastBitWhatTheWholeTextDoes() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            byte[] text = seed % 5 == 0 ? new byte[0] : concatenate(ascii("p"), randomText(random, 60));
            int context = text.length;
            Session session =
                    random.nextBoolean() ? retort.session(text, ROUTED, 2000) : retort.unread(text, ROUTED, 2000);
            for (int turn = 0; turn < 8; turn++) {
                if (random.nextInt(3) == 0) {
                    byte[] more = randomText(random, 50);
                    readSomehow(session, more, random);
                    text = concatenate(text, more);
                }
                if (random.nextInt(4) == 0) {
                    assertSameScores(session, text, context, randomText(random, 20));
                }
                if (random.nextInt(4) == 0) {
                    byte[] saved = session.save();
                    session.close();
                    session = retort.restore(saved);
                }
                GenerationOptions options = randomOptions(random);
                int heard = random.nextInt(3) == 0 ? 1 + random.nextInt(10) : Integer.MAX_VALUE;
                Answer expected = retort.complete(
                        new GivenText(text, context), options, ROUTED, taking(heard), SymbolWatcher.NONE);
                Answer found = session.generate(options, taking(heard));
                assertSame("seed " + seed + " turn " + turn, found, expected);
                text = concatenate(text, found.generation().bytes());
            }
            assertThat(session.text()).isEqualTo(text);
            session.close();
        }
        assertThat(retort.memoryUsage().textBytes()).isZero();
    }

    /** In one go, in pieces to the end or not, or not at all before the next question. */
    private static void readSomehow(Session session, byte[] more, Random random) {
        if (random.nextBoolean()) {
            session.read(more);
            return;
        }
        session.append(more);
        boolean goesOn = true;
        for (int pieces = random.nextInt(6); goesOn && pieces > 0; pieces--) {
            goesOn = session.advance(1 + random.nextInt(30));
        }
    }

    /** Of one context, {@link Retort#byteLogProbabilities} tells the same of every byte that follows it. */
    private void assertSameScores(Session session, byte[] text, int context, byte[] more) {
        byte[] rest = Arrays.copyOfRange(text, context, text.length);
        byte[] prompt = Arrays.copyOf(text, context);
        double whole = sum(prompt, concatenate(rest, more), Ending.END);
        double before = sum(prompt, rest, Ending.OPEN);
        assertThat(session.logLikelihood(more, Ending.END)).isCloseTo(whole - before, within(1e-9));
        Candidate best = session.predict().likeliest(1).get(0);
        List<BytePrediction> all =
                new ArrayList<>(retort.byteLogProbabilities(new ScoringRequest(prompt, rest, Ending.END), ROUTED, 1));
        assertThat(best).isEqualTo(all.get(all.size() - 1).likeliest().get(0));
    }

    private double sum(byte[] context, byte[] continuation, Ending ending) {
        return retort.byteLogProbabilities(new ScoringRequest(context, continuation, ending), ROUTED, 0).stream()
                .mapToDouble(BytePrediction::logProbability)
                .sum();
    }

    @Test
    void aPredictionIsADistributionAndIsWhatScoringSaysOfEachByte() {
        byte[] prompt = ascii("2 + 2 =\n");
        Prediction prediction = retort.predict(prompt);
        assertThat(prediction.routing()).isEqualTo(retort.route(prompt));
        assertThat(prediction.confidence()).isEqualTo(retort.confidence(prompt));
        assertThat(retort.generate(prompt, new GenerationLimits(1)).confidence())
                .isEqualTo(retort.confidence(prompt));
        double total = Math.exp(prediction.endLogProbability()) + Math.exp(prediction.otherLogProbability());
        double before = 0;
        for (Candidate candidate : prediction.bytes()) {
            byte[] one = {(byte) candidate.value()};
            assertThat(candidate.logProbability())
                    .isEqualTo(retort.logLikelihood(new ScoringRequest(prompt, one, Ending.OPEN)))
                    .isLessThanOrEqualTo(before);
            before = candidate.logProbability();
            total += Math.exp(candidate.logProbability());
        }
        assertThat(total).isCloseTo(1, within(1e-6));
        assertThat(prediction.endLogProbability())
                .isEqualTo(retort.logLikelihood(new ScoringRequest(prompt, new byte[0], Ending.END)));
        assertThat(prediction.likeliest(97)).hasSize(97).contains(new Candidate(256, prediction.endLogProbability()));
        assertThat(prediction.likeliest(97))
                .isSortedAccordingTo((a, b) -> Double.compare(b.logProbability(), a.logProbability()));
    }

    @Test
    void anAnswerInPiecesIsTheAnswerAndTheSessionWaitsForIt() {
        byte[] prompt = ascii("count");
        try (Session whole = retort.session(prompt);
                Session cut = retort.session(prompt)) {
            Answer expected = whole.generate(TWENTY, ByteListener.NONE);
            AnswerWriting writing = cut.begin(TWENTY, ByteListener.NONE);
            for (boolean more = true; more; more = writing.advance(3)) {
                assertThatThrownBy(() -> cut.read(ascii("x")))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("expected an open session, found one whose answer goes on");
                assertThatThrownBy(cut::save).isInstanceOf(IllegalStateException.class);
            }
            assertSame("in pieces", writing.answer(), expected);
            // A stale handle is closed late, as at the end of a block: nothing comes of it.
            AnswerWriting second = cut.begin(TWENTY, ByteListener.NONE);
            writing.close();
            second.advance(Integer.MAX_VALUE);
            assertSame("the second", second.answer(), whole.generate(TWENTY, ByteListener.NONE));
            assertThat(cut.text()).isEqualTo(whole.text());
        }
    }

    @Test
    void aTextThatIsReadInPiecesKeepsItsMemoryUntilAllIsRead() {
        Retort tight = tight(bytes -> new MemoryOptions(bytes, Compression.NONE, Waiter.NEVER));
        ExpertSelection a = new ExpertSelection.Fixed("a");
        try (Session session = tight.unread(ascii("0123456789"), a, 200)) {
            assertThat(tight.memoryUsage().textBytes()).isZero();
            List<Boolean> more = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                more.add(session.advance(4));
                if (i < 2) {
                    assertThatThrownBy(() -> tight.session(ascii("x"), new ExpertSelection.Fixed("b"), 200))
                            .isInstanceOf(MemoryLimitException.class);
                }
            }
            // The start and ten bytes.
            assertThat(more).containsExactly(true, true, false, false);
            tight.session(ascii("x"), new ExpertSelection.Fixed("b"), 200).close();
            assertThat(session.predict())
                    .isEqualTo(retort.session(ascii("0123456789"), a, 200).predict());
            session.append(ascii("more"));
            assertThat(session.advance(1)).isTrue();
        }
        assertThat(tight.memoryUsage().textBytes()).isZero();
        assertThatThrownBy(() -> retort.unread(ascii("12345"), ROUTED, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a text of at most 5 symbols, found 6 (5 bytes)");
    }

    @Test
    void aListenerThatThrowsLeavesTheTextAsItWas() {
        try (Session session = retort.session(ascii("count"));
                Session other = retort.session(ascii("count"))) {
            assertThatThrownBy(() -> session.generate(TWENTY, value -> {
                        throw new IllegalStateException("enough");
                    }))
                    .hasMessage("enough");
            assertThat(session.text()).isEqualTo(ascii("count"));
            assertSame(
                    "afterwards",
                    session.generate(TWENTY, ByteListener.NONE),
                    other.generate(TWENTY, ByteListener.NONE));
        }
    }

    @Test
    void aSessionIsBoundedAndSaysWhereItIsFull() {
        try (Session session = retort.session(ascii("12345"), ROUTED, 16)) {
            assertThatThrownBy(() -> session.read(new byte[4]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected a text of at most 16 symbols, found 18 (9 bytes)");
            assertThat(session.text()).isEqualTo(ascii("12345"));
            session.read(ascii("6789012345"));
            assertThat(session.symbols()).isEqualTo(16);
            Answer answer = session.generate(GenerationOptions.greedy(new GenerationLimits(5)), ByteListener.NONE);
            assertThat(answer.generation().stop()).isIn(StopReason.CONTEXT_LIMIT, StopReason.END_OF_TEXT);
            if (session.symbols() > 16) {
                Session restored = retort.restore(session.save());
                assertThat(restored.text()).isEqualTo(session.text());
                assertThatThrownBy(restored::predict)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("expected a session with room, found a full one of 16 symbols");
            }
        }
        assertThatThrownBy(() -> retort.session(new byte[0], ROUTED, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> retort.session(new byte[0], ROUTED, Retort.MAX_SYMBOLS + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a session of 1 to 36864 symbols, found 36865");
    }

    @Test
    void aClosedSessionHoldsNothingAndAnswersNothing() {
        Session session = retort.session(ascii("count"));
        assertThat(retort.memoryUsage().textBytes()).isPositive();
        AnswerWriting writing = session.begin(TWENTY, ByteListener.NONE);
        writing.advance(8);
        session.close();
        session.close();
        assertThat(writing.advance(1)).isFalse();
        assertThat(writing.answer().generation().stop()).isEqualTo(StopReason.CANCELLED);
        assertThat(retort.memoryUsage().textBytes()).isZero();
        assertThatThrownBy(session::predict)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("expected an open session, found one that is closed");
    }

    /** Room for one expert and two texts of it, but not for another expert beside them. */
    private static Retort tight(Function<Long, MemoryOptions> options) {
        long expert = BUNDLE.experts().get(0).bytes();
        long text = BUNDLE.experts().get(0).shape().stateBytes(200);
        long files =
                BUNDLE.experts().stream().mapToLong(e -> e.file().heldBytes()).sum();
        return new Retort(
                BUNDLE,
                new PerformanceHistory(EXPERTS.size(), Retort.HISTORY_WINDOW),
                options.apply(files + expert + 2 * text + 1));
    }

    @Test
    void sessionsThatRestAreInNobodysWayAndGoOnAsIfNothingHadHappened() {
        Retort tight = tight(BoundedMemory::of);
        List<Session> sessions = new ArrayList<>();
        List<Session> expected = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ExpertSelection one = new ExpertSelection.Fixed(EXPERTS.get(i % 4));
            sessions.add(tight.session(ascii("session " + i), one, 200));
            expected.add(retort.session(ascii("session " + i), one, 200));
        }
        for (int turn = 0; turn < 3; turn++) {
            for (int i = 0; i < sessions.size(); i++) {
                assertSame(
                        "session " + i,
                        sessions.get(i).generate(TWENTY, ByteListener.NONE),
                        expected.get(i).generate(TWENTY, ByteListener.NONE));
                assertThat(tight.memoryUsage().usedBytes())
                        .isLessThanOrEqualTo(tight.memoryUsage().maxBytes());
            }
        }
        double score = sessions.get(0).logLikelihood(ascii("x"), Ending.OPEN);
        assertThat(score).isEqualTo(expected.get(0).logLikelihood(ascii("x"), Ending.OPEN));
        sessions.forEach(Session::close);
        assertThat(tight.memoryUsage().textBytes()).isZero();
        assertThatThrownBy(() -> tight.session(ascii("long"), new ExpertSelection.Fixed("a"), 36_000))
                .isInstanceOf(MemoryLimitException.class);
    }

    @Test
    void aTextThatFindsNoMemoryIsNotTaken() {
        Retort tight = tight(bytes -> new MemoryOptions(bytes, Compression.NONE, Waiter.NEVER));
        try (Session session = tight.session(ascii("a"), new ExpertSelection.Fixed("a"), 200)) {
            try (AnswerWriting writing =
                    tight.begin(ascii("b"), TWENTY, new ExpertSelection.Fixed("b"), ByteListener.NONE)) {
                writing.advance(1);
                AnswerWriting more = tight.begin(ascii("b"), TWENTY, new ExpertSelection.Fixed("b"), ByteListener.NONE);
                assertThatThrownBy(() -> session.read(ascii("more"))).isInstanceOf(MemoryLimitException.class);
                more.close();
            }
            assertThat(session.text()).isEqualTo(ascii("a"));
            session.read(ascii("more"));
            assertThat(session.text()).isEqualTo(ascii("amore"));
        }
    }

    @Test
    void sessionsOfManyThreadsShareABoundAndEndAlike() throws Exception {
        Retort tight = tight(BoundedMemory::of);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<byte[]>> texts = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                ExpertSelection one = new ExpertSelection.Fixed(EXPERTS.get(i % 4));
                Callable<byte[]> talk = () -> {
                    try (Session session = tight.session(ascii("alike"), one, 200)) {
                        for (int turn = 0; turn < 8; turn++) {
                            session.read(ascii("\n" + turn));
                            session.generate(GenerationOptions.greedy(new GenerationLimits(6)), ByteListener.NONE);
                        }
                        return session.text();
                    }
                };
                texts.add(threads.submit(talk));
            }
            for (int i = 0; i < 2; i++) {
                assertThat(texts.get(i).get(30, TimeUnit.SECONDS))
                        .isEqualTo(texts.get(i + 4).get(30, TimeUnit.SECONDS));
            }
            for (Future<byte[]> text : texts) {
                assertThat(text.get(30, TimeUnit.SECONDS)).startsWith(ascii("alike\n0"));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(tight.memoryUsage().textBytes()).isZero();
    }
}

package io.retort.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.Expert;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.json.JsonValue.JsonObject;
import io.retort.inference.memory.Compression;
import io.retort.inference.memory.MemoryLimitException;
import io.retort.inference.memory.MemoryOptions;
import io.retort.inference.memory.Waiter;
import io.retort.inference.routing.PerformanceHistory;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.students.CountedState;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentShape;
import io.retort.inference.students.StudentState;
import io.retort.inference.tensors.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What it costs to read a text in pieces, and what becomes of one that was read in part. */
class SessionPiecesTest {
    private static final List<String> EXPERTS = List.of("a", "b");
    private static final ExpertSelection A = new ExpertSelection.Fixed("a");
    private static final ExpertSelection B = new ExpertSelection.Fixed("b");
    private static final Bundle BUNDLE = Bundle.open(new MemoryBundleSource(TinyBundle.files(EXPERTS)));

    /** A student that counts its predictions, each of which costs a real one as much as the text is long. */
    private record Counting(AtomicInteger steps) implements StudentShape, Student {
        @Override
        public String family() {
            return "counting";
        }

        @Override
        public int alphabetSize() {
            return Alphabet.SIZE;
        }

        @Override
        public long parameterCount() {
            return 0;
        }

        @Override
        public Map<String, int[]> tensorShapes() {
            return Map.of();
        }

        @Override
        public JsonObject toJson() {
            return new JsonObject(Map.of());
        }

        @Override
        public Student open(Map<String, Tensor> tensors) {
            return this;
        }

        @Override
        public StudentState newState(int maxSymbols) {
            return new CountedState(maxSymbols);
        }

        @Override
        public void step(StudentState state, int symbol, float[] logProbabilities) {
            steps.incrementAndGet();
            prefill(state, symbol);
            Arrays.fill(logProbabilities, (float) -Math.log(Alphabet.SIZE));
        }

        @Override
        public void prefill(StudentState state, int symbol) {
            ((CountedState) state).read();
        }
    }

    private static Retort counting(AtomicInteger steps) {
        List<Expert> experts = BUNDLE.experts().stream()
                .map(each -> new Expert(each.id(), each.domain(), new Counting(steps), each.file(), 1))
                .toList();
        return new Retort(new Bundle(BUNDLE.manifest(), BUNDLE.digest(), experts, BUNDLE.router()));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void readInPieces(Session session, int symbols) {
        boolean more = true;
        while (more) {
            more = session.advance(symbols);
        }
    }

    @Test
    void aTextInPiecesIsPredictedFromOnceAtItsEnd() {
        AtomicInteger steps = new AtomicInteger();
        try (Session session = counting(steps).unread(ascii("x".repeat(300)), A, 2000)) {
            readInPieces(session, 7);
            assertThat(steps).hasValue(1);
            session.append(ascii("y".repeat(100)));
            readInPieces(session, 1);
            assertThat(steps).hasValue(2);
            session.predict();
            assertThat(steps).hasValue(2);
        }
    }

    @Test
    void aTextThatIsReadInPartIsInNobodysWayOnceItIsPausedAndGoesOnWhereItWas() {
        Expert expert = BUNDLE.experts().get(0);
        long files =
                BUNDLE.experts().stream().mapToLong(e -> e.file().heldBytes()).sum();
        long bound = files + expert.bytes() + 2 * expert.shape().stateBytes(200) + 1;
        Retort tight = new Retort(
                BUNDLE,
                new PerformanceHistory(EXPERTS.size(), Retort.HISTORY_WINDOW),
                new MemoryOptions(bound, Compression.NONE, Waiter.NEVER));
        Session session = tight.unread(ascii("0123456789"), A, 200);
        session.pause();
        assertThat(session.advance(4)).isTrue();
        assertThatThrownBy(() -> tight.session(ascii("x"), B, 200)).isInstanceOf(MemoryLimitException.class);
        session.pause();
        session.pause();
        assertThat(session.advance(4)).isTrue();
        session.pause();
        tight.session(ascii("x"), B, 200).close();
        try (Session whole = new Retort(BUNDLE).session(ascii("0123456789"), A, 200)) {
            assertThat(session.predict()).isEqualTo(whole.predict());
        }
        session.close();
        session.pause();
        assertThat(tight.memoryUsage().textBytes()).isZero();
    }

    @Test
    void whatWasTakenBackIsAsIfItHadNeverBeenThere() {
        Retort retort = new Retort(BUNDLE);
        GenerationOptions options = GenerationOptions.greedy(new GenerationLimits(20));
        try (Session session = retort.unread(ascii("count"), A, 200);
                Session other = retort.session(ascii("count"), A, 200)) {
            session.append(ascii(" to ten"));
            // As many symbols as are left afterwards, of which nothing was said.
            session.advance(6);
            session.truncate(5);
            assertThat(session.text()).isEqualTo(ascii("count"));
            assertThat(session.symbols()).isEqualTo(6);
            assertThat(session.predict()).isEqualTo(other.predict());
            session.generate(options, ByteListener.NONE);
            session.truncate(5);
            assertThat(session.generate(options, ByteListener.NONE).generation().bytes())
                    .isEqualTo(other.generate(options, ByteListener.NONE)
                            .generation()
                            .bytes());
            assertThatThrownBy(() -> session.truncate(4))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("expected 5 to ")
                    .hasMessageEndingWith(" bytes of a text to keep, found 4");
            assertThatThrownBy(() -> session.truncate(201)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}

package io.retort.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.scoring.Ending;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.scoring.Sampling;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class SavedSessionTest {
    private static final List<String> EXPERTS = List.of("a", "b", "c", "d");
    private static final int CHECKSUM = 32;

    private final Retort retort = new Retort(Bundle.open(new MemoryBundleSource(TinyBundle.files(EXPERTS))));

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] saved(ExpertSelection selection) {
        try (Session session = retort.session(ascii("What is 2 + 2?\n"), selection, 300)) {
            session.generate(GenerationOptions.greedy(new GenerationLimits(12)), ByteListener.NONE);
            session.read(new byte[] {'\n', (byte) 0xC3, (byte) 0xA4});
            return session.save();
        }
    }

    /** Gives bytes the checksum that belongs to them, by the JDK's own SHA-256. */
    private static byte[] sealed(byte[] bytes) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(bytes, bytes.length - CHECKSUM));
            byte[] sealed = bytes.clone();
            System.arraycopy(sum, 0, sealed, bytes.length - CHECKSUM, CHECKSUM);
            return sealed;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRestoredSessionGoesOnAsTheSavedOneWouldHaveAlsoWhereItDraws() {
        GenerationOptions drawn =
                GenerationOptions.greedy(new GenerationLimits(30)).sampled(new Sampling(1.1, 0.9), 42);
        for (ExpertSelection selection :
                List.of(ExpertSelection.routed(), new ExpertSelection.Uniform(), new ExpertSelection.Fixed("c"))) {
            for (String prompt : List.of("", "Once upon a time")) {
                try (Session first = retort.session(ascii(prompt), selection, 400)) {
                    first.generate(drawn, ByteListener.NONE);
                    first.read(ascii(" and then "));
                    try (Session second = retort.restore(first.save())) {
                        assertThat(second.routing()).isEqualTo(first.routing());
                        assertThat(second.maxSymbols()).isEqualTo(400);
                        assertThat(second.predict()).isEqualTo(first.predict());
                        Answer expected = first.generate(drawn, ByteListener.NONE);
                        Answer found = second.generate(drawn, ByteListener.NONE);
                        assertThat(found.generation().bytes())
                                .isEqualTo(expected.generation().bytes());
                        assertThat(found.generation().logLikelihood())
                                .isEqualTo(expected.generation().logLikelihood());
                        assertThat(second.logLikelihood(ascii("."), Ending.END))
                                .isEqualTo(first.logLikelihood(ascii("."), Ending.END));
                        assertThat(second.save()).isEqualTo(first.save());
                    }
                }
            }
        }
    }

    @Test
    void theExpertsStayThoughTheRoutersHistoryHasGoneOn() {
        Retort learning = new Retort(retort.bundle());
        byte[] prompt = ascii("What is 2 + 2?\n");
        Session session = learning.session(prompt);
        byte[] saved = session.save();
        int first = session.routing().choices().get(0).index();
        for (int i = 0; i < 50; i++) {
            learning.history().record(first, 0);
        }
        assertThat(learning.route(prompt)).isNotEqualTo(session.routing());
        assertThat(learning.restore(saved).routing()).isEqualTo(session.routing());
    }

    @Test
    void aSessionOfAnotherBundleIsRefusedByName() {
        SortedMap<String, byte[]> files = TinyBundle.files(EXPERTS);
        files.put("MODEL_CARD.md", ascii("# another\n"));
        Retort other = new Retort(Bundle.open(new MemoryBundleSource(TinyBundle.seal(files, EXPERTS))));
        String digest = other.bundle().digest();
        assertThatThrownBy(() -> other.restore(saved(ExpertSelection.routed())))
                .isInstanceOf(SavedSessionException.class)
                .hasMessage("expected a session of the bundle tiny 1.0.0 with the digest " + digest
                        + ", found one of tiny 1.0.0 with " + retort.bundle().digest());
    }

    @Test
    void anotherVersionIsRefusedByItsNumber() {
        byte[] saved = saved(ExpertSelection.routed());
        saved[9] = 2;
        assertThatThrownBy(() -> retort.restore(sealed(saved)))
                .isInstanceOf(SavedSessionException.class)
                .hasMessage("expected a saved session of version 1, found one of version 2");
    }

    @Test
    void whatIsCutAnywhereIsRefused() {
        byte[] saved = saved(ExpertSelection.routed());
        for (int length = 0; length < saved.length; length++) {
            byte[] cut = Arrays.copyOf(saved, length);
            assertThatThrownBy(() -> retort.restore(cut)).isInstanceOf(SavedSessionException.class);
            if (length > CHECKSUM) {
                assertThatThrownBy(() -> retort.restore(sealed(cut))).isInstanceOf(SavedSessionException.class);
            }
        }
        byte[] longer = Arrays.copyOf(saved, saved.length + 1);
        assertThatThrownBy(() -> retort.restore(sealed(longer)))
                .isInstanceOf(SavedSessionException.class)
                .hasMessageContaining("expected the end");
    }

    @Test
    void everyFlippedBitIsRefused() {
        byte[] saved = saved(new ExpertSelection.Fixed("b"));
        for (int bit = 0; bit < 8 * saved.length; bit++) {
            byte[] flipped = saved.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> retort.restore(flipped)).isInstanceOf(SavedSessionException.class);
        }
    }

    /** Who can change bytes can compute a checksum: what is opened then is a session that works, or it is refused. */
    @Test
    void hostileBytesWithAChecksumAreRefusedOrAreASession() {
        int opened = 0;
        for (ExpertSelection selection :
                List.of(ExpertSelection.routed(), new ExpertSelection.Uniform(), new ExpertSelection.Fixed("c"))) {
            byte[] saved = saved(selection);
            Random random = new Random(5);
            for (int i = 0; i < 3000; i++) {
                byte[] spoilt = saved.clone();
                for (int changes = random.nextInt(3); changes >= 0; changes--) {
                    // Extremes more often than chance has them: lengths and doubles are where it matters.
                    byte[] values = {0, 1, -1, 127, -128, (byte) random.nextInt(256)};
                    spoilt[random.nextInt(spoilt.length - CHECKSUM)] = values[random.nextInt(values.length)];
                }
                try (Session session = retort.restore(sealed(spoilt))) {
                    opened++;
                    assertThat(retort.restore(session.save()).text()).isEqualTo(session.text());
                    if (i % 10 == 0 && session.symbols() <= session.maxSymbols()) {
                        session.predict();
                    }
                } catch (SavedSessionException e) {
                    assertThat(e).hasMessageStartingWith("expected");
                    assertThat(String.valueOf(e.getMessage()).length()).isLessThan(600);
                }
            }
        }
        assertThat(opened).isBetween(100, 8000);
        assertThat(retort.memoryUsage().textBytes()).isZero();
    }
}

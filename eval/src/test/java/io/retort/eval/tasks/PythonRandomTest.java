package io.retort.eval.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Expected values are what CPython 3.11.2 printed for {@code r = random.Random(seed); r.sample(range(n), k)}, twice. */
class PythonRandomTest {

    @Test
    void aSampleFromAPoolIsPythons() {
        PythonRandom random = new PythonRandom(1234);

        assertThat(random.sample(10, 3)).containsExactly(7, 1, 0);
        assertThat(random.sample(10, 3)).containsExactly(1, 0, 9);
    }

    @Test
    void aSampleFromASetIsPythons() {
        PythonRandom random = new PythonRandom(1234);

        assertThat(random.sample(300, 5)).containsExactly(225, 59, 3, 46, 298);
        assertThat(random.sample(300, 5)).containsExactly(17, 42, 50, 181, 121);
    }

    @Test
    void largerSamplesAndSeedsArePythons() {
        assertThat(new PythonRandom(0).sample(30, 6)).containsExactly(27, 12, 24, 13, 1, 8);
        assertThat(new PythonRandom(1234).sample(100_000, 20))
                .containsExactly(
                        57767, 15315, 981, 11880, 76313, 4577, 88023, 90844, 11001, 12900, 46482, 31039, 2284, 4038,
                        2076, 45362, 84976, 81694, 63471, 80716);
        assertThat(new PythonRandom((1L << 40) + 7).sample(50, 10))
                .containsExactly(39, 47, 40, 36, 45, 30, 16, 49, 8, 33);
    }

    @Test
    void aSampleLargerThanItsPopulationIsRefused() {
        assertThatThrownBy(() -> new PythonRandom(1).sample(2, 3)).hasMessage("expected a sample of 0 to 2, found 3");
    }
}

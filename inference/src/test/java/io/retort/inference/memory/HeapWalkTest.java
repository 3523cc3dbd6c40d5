package io.retort.inference.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.retort.inference.AnswerWriting;
import io.retort.inference.ExpertSelection;
import io.retort.inference.Retort;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.Expert;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.ensembles.ByteListener;
import io.retort.inference.files.BundleDirectory;
import io.retort.inference.kernels.Kernels;
import io.retort.inference.memory.blocking.BoundedMemory;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.GenerationOptions;
import io.retort.inference.students.FeedForwardConfig;
import io.retort.inference.students.Mixer.Positions;
import io.retort.inference.students.Student;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentShape;
import io.retort.inference.students.StudentState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jol.info.GraphLayout;

/** What is counted is what a walk of the heap finds, within 5%. */
class HeapWalkTest {
    private static final double PERCENT = 5;

    @BeforeAll
    static void letTheWalkerSeeRecords() {
        System.setProperty("jol.magicFieldOffset", "true");
    }

    static Stream<StudentShape> shapes() {
        return Stream.of(
                StudentConfig.fitting(Alphabet.SIZE, 10_000, Positions.FORGET),
                StudentConfig.fitting(Alphabet.SIZE, 50_000, Positions.FORGET),
                StudentConfig.fitting(Alphabet.SIZE, 30_000, Positions.LOGARITHMIC),
                FeedForwardConfig.fitting(Alphabet.SIZE, 20_000, 16));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aStudentTakesWhatItSays(StudentShape shape) {
        Student student = shape.open(TinyBundle.weights(shape, 1));
        long walked = GraphLayout.parseInstance(student)
                .subtract(GraphLayout.parseInstance(shape, Kernels.best()))
                .totalSize();

        assertThat(student.memoryBytes()).isCloseTo(walked, withinPercentage(PERCENT));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aTextTakesWhatIsKeptFreeForIt(StudentShape shape) {
        Student student = shape.open(TinyBundle.weights(shape, 1));
        int[] symbols = new int[1000];
        StudentState state = student.newState(symbols.length + 1);
        student.prefill(state, symbols, 0, symbols.length);
        long walked = GraphLayout.parseInstance(state)
                .subtract(GraphLayout.parseInstance(student))
                .totalSize();

        assertThat(shape.stateBytes(symbols.length + 1)).isCloseTo(walked, withinPercentage(PERCENT));
    }

    @Test
    void aRuntimeHoldsWhatItSaysWhileItWrites() {
        StudentConfig config = StudentConfig.fitting(Alphabet.SIZE, 20_000, Positions.FORGET);
        List<String> ids = List.of("a", "b", "c", "d");
        Bundle bundle = Bundle.open(new MemoryBundleSource(TinyBundle.files(ids, Collections.nCopies(4, config))));
        Retort retort = new Retort(bundle);
        byte[] prompt = new byte[700];
        try (AnswerWriting writing = retort.begin(
                prompt,
                GenerationOptions.greedy(new GenerationLimits(300)),
                ExpertSelection.routed(),
                ByteListener.NONE)) {
            writing.advance(1500);
            // The bundle's files are in memory too, beside its lists, its router and the prompt, which are not counted.
            long walked = GraphLayout.parseInstance(retort, writing)
                            .subtract(GraphLayout.parseInstance(bundle, retort.history(), prompt, Kernels.best()))
                            .totalSize()
                    + bundle.experts().stream()
                            .mapToLong(expert -> expert.file().heldBytes())
                            .sum();

            assertThat(retort.memoryUsage().usedBytes()).isCloseTo(walked, withinPercentage(PERCENT));
        }
    }

    @Test
    void aBoundedRuntimeOfADirectoryHoldsWhatItSaysAfterGivingUpExperts(@TempDir Path directory) throws IOException {
        StudentConfig config = StudentConfig.fitting(Alphabet.SIZE, 20_000, Positions.FORGET);
        List<String> ids = List.of("a", "b", "c", "d", "e", "f", "g", "h");
        TinyBundle.write(TinyBundle.files(ids, Collections.nCopies(8, config)), directory);
        Expert first = BundleDirectory.open(directory).experts().get(0);
        long bound = 3 * first.bytes() + 3L * first.file().bytes() + config.stateBytes(360);
        Retort retort = Retort.open(directory, BundleDirectory.anyone(), BoundedMemory.of(bound));
        GenerationOptions options = GenerationOptions.greedy(new GenerationLimits(100));
        byte[] prompt = "84 + 154 =\n".repeat(9).getBytes(StandardCharsets.US_ASCII);
        for (int call = 0; call < 16; call++) {
            retort.generate(prompt, options, new ExpertSelection.Fixed(ids.get(call % 8)), ByteListener.NONE);
        }
        ExpertSelection expert = new ExpertSelection.Fixed("b");
        try (AnswerWriting writing = retort.begin(prompt, options, expert, ByteListener.NONE)) {
            writing.advance(130);
            MemoryUsage usage = retort.memoryUsage();
            // The bundle is only lists and a router here: its files are on disk.
            long walked = GraphLayout.parseInstance(retort, writing)
                    .subtract(GraphLayout.parseInstance(retort.bundle(), retort.history(), prompt, Kernels.best()))
                    .totalSize();

            assertThat(usage.textBytes()).isPositive();
            assertThat(usage.evictions()).isPositive();
            assertThat(usage.compressedBytes()).isPositive();
            assertThat(usage.usedBytes()).isLessThanOrEqualTo(bound).isCloseTo(walked, withinPercentage(PERCENT));
        }
    }
}

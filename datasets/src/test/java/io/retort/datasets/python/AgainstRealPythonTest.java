package io.retort.datasets.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.suites.Suite;
import io.retort.datasets.suites.Suites;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine's python3 as the oracle of the interpreter. */
class AgainstRealPythonTest {

    private static final Map<PythonError.Kind, Set<String>> EXCEPTIONS = Map.of(
            PythonError.Kind.SYNTAX, Set.of("SyntaxError"),
            PythonError.Kind.TYPE, Set.of("TypeError", "AttributeError"),
            PythonError.Kind.VALUE, Set.of("ValueError"),
            PythonError.Kind.INDEX, Set.of("IndexError"),
            PythonError.Kind.ZERO_DIVISION, Set.of("ZeroDivisionError"),
            PythonError.Kind.NAME, Set.of("NameError", "UnboundLocalError"));

    @BeforeAll
    static void needsPython() {
        assumeTrue(RealPython.isPresent(), "no python3 on this machine");
    }

    @Test
    void randomProgramsGiveWhatPythonGives(@TempDir Path directory) throws Exception {
        long seed = 20261123;
        RandomPrograms programs = new RandomPrograms(new Random(seed));
        List<RealPython.Case> cases = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            cases.add(new RealPython.Case(programs.program(), "f()"));
        }
        List<String> expected = RealPython.results(cases, directory);
        int agreed = 0;
        int failed = 0;
        for (int i = 0; i < cases.size(); i++) {
            String source = cases.get(i).source();
            try {
                PythonValue value = PythonProgram.parse(source).call("f", List.of(), ExecutionLimits.STANDARD);
                assertThat(PythonProgram.literal(value))
                        .as("seed %s\n%s", seed, source)
                        .isEqualTo(expected.get(i));
                agreed++;
            } catch (PythonError e) {
                if (e.kind() == PythonError.Kind.LIMIT || e.reason().contains("not in the subset")) {
                    continue;
                }
                assertThat(EXCEPTIONS.getOrDefault(e.kind(), Set.of()).stream().map(name -> "error " + name))
                        .as("seed %s, %s\n%s", seed, e.reason(), source)
                        .contains(expected.get(i));
                failed++;
            }
        }
        assertThat(agreed).as("programs with a result").isGreaterThan(400);
        assertThat(failed).as("programs with an error").isGreaterThan(75);
        assertThat(agreed + failed)
                .as("programs within the subset and its limits")
                .isGreaterThan(1_350);
    }

    @Test
    void referencesOfTheCodingSuiteGiveTheResultsTheirPromptsShow(@TempDir Path directory) throws Exception {
        Suite coding = Suites.named("coding");
        List<RealPython.Case> cases = new ArrayList<>();
        for (int index = 0; index < 1_000; index++) {
            Document document = coding.document(3, index);
            for (String line : document.prompt().split("\n")) {
                if (line.startsWith("    # ")) {
                    String shown = line.substring(6);
                    // repr on both sides, since True == 1
                    int at = shown.lastIndexOf(" == ");
                    String call = "repr(" + shown.substring(0, at) + ") == repr(" + shown.substring(at + 4) + ")";
                    cases.add(new RealPython.Case(document.text(), call));
                }
            }
        }
        List<String> results = RealPython.results(cases, directory);
        for (int i = 0; i < cases.size(); i++) {
            assertThat(results.get(i)).as(cases.get(i).source()).isEqualTo("True");
        }
        assertThat(cases).hasSizeGreaterThan(1_000);
    }
}

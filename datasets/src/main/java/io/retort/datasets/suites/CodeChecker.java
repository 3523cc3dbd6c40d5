package io.retort.datasets.suites;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.python.ExecutionLimits;
import io.retort.datasets.python.PythonError;
import io.retort.datasets.python.PythonProgram;
import io.retort.datasets.python.PythonProgram.CallExample;
import io.retort.datasets.python.PythonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Accepts any body that, behind the prompt, computes what the reference computes, on inputs drawn from the document's
 * id. Inputs for which the reference itself has no result are passed over.
 */
final class CodeChecker implements Checker {

    private static final int INPUTS = 64;
    private static final String EXAMPLE = "    # ";

    @Override
    public Verdict check(Document document, String produced) {
        ExactAnswer.requireDomain(document, CodingSuite.DOMAIN);
        CallExample example = example(document);
        PythonProgram reference = reference(document);
        PythonProgram candidate;
        try {
            candidate = PythonProgram.parse(document.prompt() + produced);
        } catch (PythonError e) {
            return Verdict.wrong(e.kind() + ": " + ExactAnswer.shortened(e.reason()));
        }
        CodeInputs inputs =
                new CodeInputs(document.prompt().substring(0, document.prompt().indexOf(EXAMPLE)) + document.answer());
        int compared = 0;
        for (int i = 0; i < INPUTS; i++) {
            Draws draws = Draws.of(document.id(), 0, i);
            List<PythonValue> arguments = inputs.like(example.arguments(), draws);
            Optional<String> expected = result(reference, example.function(), arguments);
            if (expected.isPresent()) {
                compared++;
                Verdict verdict = compare(candidate, example.function(), arguments, expected.get());
                if (!verdict.correct()) {
                    return verdict;
                }
            }
        }
        if (compared == 0) {
            throw new IllegalArgumentException("document " + document.id() + " has a reference without any result");
        }
        return Verdict.right();
    }

    private static CallExample example(Document document) {
        for (String line : document.prompt().split("\n", -1)) {
            if (line.startsWith(EXAMPLE)) {
                try {
                    return PythonProgram.example(line.substring(EXAMPLE.length()));
                } catch (PythonError e) {
                    throw new IllegalArgumentException("document " + document.id() + " has no readable example", e);
                }
            }
        }
        throw new IllegalArgumentException("document " + document.id() + " has no example in its prompt");
    }

    private static PythonProgram reference(Document document) {
        try {
            return PythonProgram.parse(document.prompt() + document.answer());
        } catch (PythonError e) {
            throw new IllegalArgumentException("document " + document.id() + " has a reference that is no program", e);
        }
    }

    private static Optional<String> result(PythonProgram program, String function, List<PythonValue> arguments) {
        try {
            return Optional.of(
                    PythonProgram.literal(program.call(function, copied(arguments), ExecutionLimits.STANDARD)));
        } catch (PythonError e) {
            return Optional.empty();
        }
    }

    private static Verdict compare(
            PythonProgram candidate, String function, List<PythonValue> arguments, String expected) {
        String found;
        try {
            found = PythonProgram.literal(candidate.call(function, copied(arguments), ExecutionLimits.STANDARD));
        } catch (PythonError e) {
            found = e.kind() + ": " + e.reason();
        }
        if (found.equals(expected)) {
            return Verdict.right();
        }
        List<String> shown = arguments.stream().map(PythonProgram::literal).toList();
        return Verdict.wrong(ExactAnswer.shortened(
                function + "(" + String.join(", ", shown) + ") should be " + expected + ", found " + found));
    }

    /** A call may change a list, which the next call must not see. */
    private static List<PythonValue> copied(List<PythonValue> arguments) {
        List<PythonValue> copies = new ArrayList<>();
        for (PythonValue argument : arguments) {
            copies.add(
                    argument instanceof PythonValue.Sequence list
                            ? new PythonValue.Sequence(list.snapshot())
                            : argument);
        }
        return copies;
    }
}

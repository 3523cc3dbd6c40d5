package io.retort.datasets.suites;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.python.ExecutionLimits;
import io.retort.datasets.python.PythonError;
import io.retort.datasets.python.PythonProgram;
import io.retort.datasets.python.PythonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Bodies of small Python functions from a docstring and one or two examples; judged by what they compute on inputs that
 * the prompt does not show. The subset of Python is described in {@code docs/python-subset.md}.
 */
public final class CodingSuite implements Suite {

    static final String DOMAIN = "coding";
    private static final List<String> TASKS =
            List.of("formula", "condition", "branch", "range", "text", "text-loop", "list", "list-loop");

    private final Checker checker = new CodeChecker();

    @Override
    public String domain() {
        return DOMAIN;
    }

    @Override
    public List<String> tasks() {
        return TASKS;
    }

    @Override
    public Document document(long seed, long index) {
        Draws draws = Draws.of(DOMAIN, seed, index);
        CodeSketch sketch = sketch(draws);
        String function = Lexicon.invented(draws, 2);
        String header = sketch.header(function);
        String body = sketch.indentedBody();
        String prompt = header + String.join("", examples(draws, sketch, function, header + body));
        return Item.of(sketch.task(), prompt, body).in(DOMAIN);
    }

    @Override
    public Checker checker() {
        return checker;
    }

    private static CodeSketch sketch(Draws draws) {
        int share = draws.below(100);
        if (share < 18) {
            return NumberCode.formula(draws);
        }
        if (share < 30) {
            return NumberCode.condition(draws);
        }
        if (share < 42) {
            return NumberCode.branch(draws);
        }
        if (share < 50) {
            return NumberCode.range(draws);
        }
        if (share < 66) {
            return TextCode.steps(draws);
        }
        if (share < 74) {
            return TextCode.loop(draws);
        }
        return share < 90 ? ListCode.steps(draws) : ListCode.loop(draws);
    }

    /** One or two lines such as {@code # vako(3, 4) == 15}, the results computed by running the reference. */
    private static List<String> examples(Draws draws, CodeSketch sketch, String function, String source) {
        PythonProgram program = PythonProgram.parse(source);
        CodeInputs inputs = new CodeInputs(source);
        List<String> examples = new ArrayList<>();
        int wanted = draws.between(1, 2);
        for (int attempt = 0; examples.size() < wanted && attempt < 100; attempt++) {
            List<PythonValue> arguments = new ArrayList<>();
            List<String> shown = new ArrayList<>();
            for (CodeSketch.Parameter parameter : sketch.parameters()) {
                PythonValue value = inputs.readable(parameter.kind(), draws);
                arguments.add(value);
                shown.add(PythonProgram.literal(value));
            }
            try {
                String result = PythonProgram.literal(program.call(function, arguments, ExecutionLimits.STANDARD));
                examples.add("    # " + function + "(" + String.join(", ", shown) + ") == " + result + "\n");
            } catch (PythonError e) {
                // Some references have no result for some arguments, such as the largest of nothing.
                if (e.kind() != PythonError.Kind.VALUE) {
                    throw new IllegalStateException("reference fails: " + source, e);
                }
            }
        }
        if (examples.isEmpty()) {
            throw new IllegalStateException("no example found for " + source);
        }
        return examples;
    }
}

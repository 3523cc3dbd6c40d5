package io.retort.datasets.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A parsed program of the subset: a few function definitions that call each other and the built-in functions.
 * Immutable and safe for use by many threads; every call has its own state and meter.
 */
public final class PythonProgram {

    private final Map<String, Statement.Function> functions;

    private PythonProgram(Map<String, Statement.Function> functions) {
        this.functions = functions;
    }

    /**
     * Parses a program.
     *
     * @throws PythonError of kind SYNTAX if the text is not a program of the subset, LIMIT if it is too long or too
     *     deeply nested
     */
    public static PythonProgram parse(String source) {
        return new PythonProgram(new StatementParser(new Cursor(Lexer.tokens(source))).program());
    }

    /** The names of the functions defined. */
    public Set<String> functions() {
        return Set.copyOf(functions.keySet());
    }

    /**
     * Calls a function.
     *
     * @param arguments one for each parameter; a list may be changed by the call
     * @return what the function returns; a range or an iterator only if the function returns one
     * @throws PythonError if the function is not defined, fails or reaches a limit
     */
    public PythonValue call(String function, List<PythonValue> arguments, ExecutionLimits limits) {
        return new Interpreter(functions, new Meter(limits)).call(function, arguments);
    }

    /**
     * The literal of a value, as {@code repr} has it.
     *
     * @throws PythonError of kind TYPE if the value is a range or an iterator, LIMIT if it is too large or nested too
     *     deeply
     */
    public static String literal(PythonValue value) {
        return Representation.repr(value, new Meter(ExecutionLimits.STANDARD));
    }

    /** A call with literal arguments, as the examples in a prompt show it. */
    public record CallExample(String function, List<PythonValue> arguments) {}

    /**
     * Reads {@code name(literal, …) == anything}.
     *
     * @throws PythonError of kind SYNTAX if the text is of another form
     */
    public static CallExample example(String text) {
        Cursor cursor = new Cursor(Lexer.tokens(text));
        Expression expression = new ExpressionParser(cursor).expression();
        cursor.expect(Token.Kind.NEWLINE, "the end of the line");
        cursor.expect(Token.Kind.END, "the end of the text");
        if (expression instanceof Expression.Comparison comparison
                && comparison.operators().equals(List.of("=="))
                && comparison.first() instanceof Expression.Call call
                && call.keywords().isEmpty()) {
            Evaluator evaluator = new Evaluator(
                    new Interpreter(Map.of(), new Meter(ExecutionLimits.STANDARD)),
                    new Meter(ExecutionLimits.STANDARD));
            List<PythonValue> arguments = new ArrayList<>();
            for (Expression argument : call.arguments()) {
                arguments.add(evaluator.value(argument, new Scope(Set.of(), Optional.empty())));
            }
            return new CallExample(call.function(), List.copyOf(arguments));
        }
        throw PythonError.syntax(1, "expected name(arguments) == result");
    }
}

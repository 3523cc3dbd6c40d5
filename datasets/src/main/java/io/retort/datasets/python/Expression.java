package io.retort.datasets.python;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node of a parsed expression. Immutable. */
sealed interface Expression {

    /** A number, string, True, False or None. */
    record Literal(PythonValue value) implements Expression {}

    /** A variable. */
    record Name(String name) implements Expression {}

    /** {@code [a, b, c]}. */
    record ListDisplay(List<Expression> items) implements Expression {}

    /** {@code [element for … in … if …]}, or the same as the only argument of a call, which gives a stream. */
    record Comprehension(Expression element, List<Clause> clauses, Result result) implements Expression {}

    /** One {@code for … in …} of a comprehension with the conditions behind it. */
    record Clause(String variable, Expression source, List<Expression> conditions) {}

    /** What a comprehension makes. */
    enum Result {
        LIST,
        STREAM
    }

    /** {@code -a}, {@code +a} or {@code not a}. */
    record Unary(String operator, Expression operand) implements Expression {}

    /** {@code a op b} for + - * // % **. */
    record Binary(String operator, Expression left, Expression right) implements Expression {}

    /** {@code a and b}, {@code a or b}: the right side is evaluated if it is needed. */
    record Logical(String operator, Expression left, Expression right) implements Expression {}

    /** {@code a < b <= c …}: operators stand before the operand of the same index. */
    record Comparison(Expression first, List<String> operators, List<Expression> operands) implements Expression {}

    /** {@code a if test else b}. */
    record Conditional(Expression test, Expression whenTrue, Expression whenFalse) implements Expression {}

    /** {@code a[i]}. */
    record Index(Expression sequence, Expression position) implements Expression {}

    /** {@code a[start:stop:step]}. */
    record Slice(Expression sequence, Optional<Expression> start, Optional<Expression> stop, Optional<Expression> step)
            implements Expression {}

    /** A call of a built-in function or of one the program defines. */
    record Call(String function, List<Expression> arguments, Map<String, Expression> keywords) implements Expression {}

    /** {@code a.method(…)}. */
    record MethodCall(Expression receiver, String method, List<Expression> arguments, Map<String, Expression> keywords)
            implements Expression {}
}

package io.retort.datasets.python;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A node of a parsed program. Immutable. */
sealed interface Statement {

    /** An expression for its effect, or a docstring. */
    record Evaluate(Expression expression) implements Statement {}

    /** {@code target = value}; the target is a name or an index. */
    record Assign(Expression target, Expression value) implements Statement {}

    /** {@code target op= value}. */
    record Augment(Expression target, String operator, Expression value) implements Statement {}

    /** {@code return value}; None without a value. */
    record Return(Optional<Expression> value) implements Statement {}

    /** {@code if}, {@code elif} and {@code else}; an empty alternative means there is none. */
    record If(Expression test, List<Statement> body, List<Statement> alternative) implements Statement {}

    /** {@code for variable in source}. */
    record For(String variable, Expression source, List<Statement> body) implements Statement {}

    /** {@code while test}. */
    record While(Expression test, List<Statement> body) implements Statement {}

    /** {@code pass}, {@code break} or {@code continue}. */
    enum Simple implements Statement {
        PASS,
        BREAK,
        CONTINUE
    }

    /**
     * A function of the program.
     *
     * @param locals its parameters and every name it assigns: a local has no value before its assignment, even if a
     *     function has the same name
     */
    record Function(String name, List<String> parameters, List<Statement> body, Set<String> locals) {}
}

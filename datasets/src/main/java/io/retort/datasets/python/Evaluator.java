package io.retort.datasets.python;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Evaluates expressions in a scope. */
final class Evaluator {

    private final Interpreter interpreter;
    private final Meter meter;
    private final Builtins builtins;

    Evaluator(Interpreter interpreter, Meter meter) {
        this.interpreter = interpreter;
        this.meter = meter;
        this.builtins = new Builtins(meter);
    }

    PythonValue value(Expression expression, Scope scope) {
        meter.step();
        if (expression instanceof Expression.Literal literal) {
            return literal.value();
        }
        if (expression instanceof Expression.Name name) {
            return named(name.name(), scope);
        }
        if (expression instanceof Expression.Binary binary) {
            PythonValue left = value(binary.left(), scope);
            return Arithmetic.binary(binary.operator(), left, value(binary.right(), scope), meter);
        }
        if (expression instanceof Expression.Unary unary) {
            return Arithmetic.unary(unary.operator(), value(unary.operand(), scope));
        }
        if (expression instanceof Expression.Comparison comparison) {
            return comparison(comparison, scope);
        }
        if (expression instanceof Expression.Logical logical) {
            PythonValue left = value(logical.left(), scope);
            boolean decided = Comparisons.truth(left) == logical.operator().equals("or");
            return decided ? left : value(logical.right(), scope);
        }
        if (expression instanceof Expression.Conditional conditional) {
            boolean holds = Comparisons.truth(value(conditional.test(), scope));
            return value(holds ? conditional.whenTrue() : conditional.whenFalse(), scope);
        }
        return compound(expression, scope);
    }

    private PythonValue compound(Expression expression, Scope scope) {
        if (expression instanceof Expression.Index index) {
            PythonValue sequence = value(index.sequence(), scope);
            return Sequences.item(sequence, value(index.position(), scope));
        }
        if (expression instanceof Expression.Slice slice) {
            PythonValue sequence = value(slice.sequence(), scope);
            return Sequences.slice(
                    sequence, part(slice.start(), scope), part(slice.stop(), scope), part(slice.step(), scope), meter);
        }
        if (expression instanceof Expression.ListDisplay display) {
            List<PythonValue> items = new ArrayList<>();
            for (Expression item : display.items()) {
                items.add(value(item, scope));
            }
            return new PythonValue.Sequence(items);
        }
        if (expression instanceof Expression.Comprehension comprehension) {
            return comprehension(comprehension, scope);
        }
        if (expression instanceof Expression.Call call) {
            return call(call, scope);
        }
        if (expression instanceof Expression.MethodCall call) {
            PythonValue receiver = value(call.receiver(), scope);
            Methods.require(receiver, call.method());
            Arguments arguments = arguments(call.arguments(), call.keywords(), scope);
            return Methods.call(receiver, call.method(), arguments, meter);
        }
        throw new IllegalStateException("no such expression: " + expression);
    }

    private PythonValue named(String name, Scope scope) {
        if (!scope.knows(name) && (interpreter.defines(name) || Builtins.NAMES.contains(name))) {
            throw PythonError.type("functions as values are not in the subset, found '" + name + "'");
        }
        return scope.value(name);
    }

    private PythonValue part(Optional<Expression> expression, Scope scope) {
        return expression.isPresent() ? value(expression.get(), scope) : PythonValue.None.NONE;
    }

    private PythonValue comparison(Expression.Comparison comparison, Scope scope) {
        PythonValue left = value(comparison.first(), scope);
        for (int i = 0; i < comparison.operators().size(); i++) {
            PythonValue right = value(comparison.operands().get(i), scope);
            if (!Comparisons.holds(comparison.operators().get(i), left, right, meter)) {
                return PythonValue.Bool.FALSE;
            }
            left = right;
        }
        return PythonValue.Bool.TRUE;
    }

    private PythonValue call(Expression.Call call, Scope scope) {
        if (scope.knows(call.function())) {
            PythonValue value = scope.value(call.function());
            throw PythonError.type("a value of type " + value.typeName() + " cannot be called");
        }
        if (!interpreter.defines(call.function()) && !Builtins.NAMES.contains(call.function())) {
            throw new PythonError(PythonError.Kind.NAME, "no function '" + call.function() + "' in the subset");
        }
        Arguments arguments = arguments(call.arguments(), call.keywords(), scope);
        if (interpreter.defines(call.function())) {
            arguments.requireNoKeywords();
            return interpreter.call(call.function(), arguments.positional());
        }
        return builtins.call(call.function(), arguments);
    }

    private Arguments arguments(List<Expression> positional, Map<String, Expression> keywords, Scope scope) {
        List<PythonValue> values = new ArrayList<>();
        for (Expression argument : positional) {
            values.add(value(argument, scope));
        }
        Map<String, PythonValue> named = new LinkedHashMap<>();
        for (Map.Entry<String, Expression> keyword : keywords.entrySet()) {
            named.put(keyword.getKey(), value(keyword.getValue(), scope));
        }
        return new Arguments(values, named);
    }

    /** Variables of a comprehension are its own; only its first source is evaluated outside (reference, 6.2.4). */
    private PythonValue comprehension(Expression.Comprehension comprehension, Scope scope) {
        Set<String> variables = new HashSet<>();
        for (Expression.Clause clause : comprehension.clauses()) {
            variables.add(clause.variable());
        }
        PythonValue source = value(comprehension.clauses().get(0).source(), scope);
        Scope inner = new Scope(variables, Optional.of(scope));
        List<PythonValue> items = new ArrayList<>();
        collect(comprehension, 0, source, inner, items);
        return comprehension.result() == Expression.Result.LIST
                ? new PythonValue.Sequence(items)
                : new PythonValue.Stream(items.iterator());
    }

    private void collect(
            Expression.Comprehension comprehension,
            int level,
            PythonValue source,
            Scope scope,
            List<PythonValue> items) {
        Expression.Clause clause = comprehension.clauses().get(level);
        for (Iterator<PythonValue> each = Sequences.iterate(source); each.hasNext(); ) {
            meter.step();
            scope.assign(clause.variable(), each.next());
            if (!allHold(clause.conditions(), scope)) {
                continue;
            }
            if (level + 1 < comprehension.clauses().size()) {
                PythonValue next = value(comprehension.clauses().get(level + 1).source(), scope);
                collect(comprehension, level + 1, next, scope, items);
            } else {
                items.add(value(comprehension.element(), scope));
                meter.checkSize(items.size());
            }
        }
    }

    private boolean allHold(List<Expression> conditions, Scope scope) {
        for (Expression condition : conditions) {
            if (!Comparisons.truth(value(condition, scope))) {
                return false;
            }
        }
        return true;
    }
}

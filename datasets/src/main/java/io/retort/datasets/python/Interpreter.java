package io.retort.datasets.python;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the functions of a program, statement by statement, within one meter. One call, one interpreter. */
final class Interpreter {

    /** Where execution goes after a statement. */
    private enum Flow {
        NEXT,
        BREAK,
        CONTINUE,
        RETURN
    }

    /** One call that is under way: its variables and, at its end, its result. */
    private static final class Frame {

        private final Scope scope;
        private PythonValue result = PythonValue.None.NONE;

        private Frame(Scope scope) {
            this.scope = scope;
        }
    }

    private final Map<String, Statement.Function> functions;
    private final Meter meter;
    private final Evaluator evaluator;

    Interpreter(Map<String, Statement.Function> functions, Meter meter) {
        this.functions = functions;
        this.meter = meter;
        this.evaluator = new Evaluator(this, meter);
    }

    boolean defines(String function) {
        return functions.containsKey(function);
    }

    PythonValue call(String name, List<PythonValue> arguments) {
        Statement.Function function = functions.get(name);
        if (function == null) {
            throw new PythonError(PythonError.Kind.NAME, "no function '" + name + "'");
        }
        if (arguments.size() != function.parameters().size()) {
            throw PythonError.type(
                    name + " takes " + function.parameters().size() + " arguments, found " + arguments.size());
        }
        meter.enter();
        Scope scope = new Scope(function.locals(), Optional.empty());
        for (int i = 0; i < arguments.size(); i++) {
            scope.assign(function.parameters().get(i), arguments.get(i));
        }
        Frame frame = new Frame(scope);
        run(function.body(), frame);
        meter.leave();
        return frame.result;
    }

    private Flow run(List<Statement> body, Frame frame) {
        for (Statement statement : body) {
            Flow flow = run(statement, frame);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    private Flow run(Statement statement, Frame frame) {
        meter.step();
        if (statement instanceof Statement.Return back) {
            if (back.value().isPresent()) {
                frame.result = evaluator.value(back.value().get(), frame.scope);
            }
            return Flow.RETURN;
        }
        if (statement instanceof Statement.If branch) {
            boolean holds = Comparisons.truth(evaluator.value(branch.test(), frame.scope));
            return run(holds ? branch.body() : branch.alternative(), frame);
        }
        if (statement instanceof Statement.For loop) {
            return loop(loop, frame);
        }
        if (statement instanceof Statement.While loop) {
            return loop(loop, frame);
        }
        if (statement instanceof Statement.Simple simple) {
            return switch (simple) {
                case PASS -> Flow.NEXT;
                case BREAK -> Flow.BREAK;
                case CONTINUE -> Flow.CONTINUE;
            };
        }
        effect(statement, frame.scope);
        return Flow.NEXT;
    }

    private Flow loop(Statement.For loop, Frame frame) {
        Iterator<PythonValue> items = Sequences.iterate(evaluator.value(loop.source(), frame.scope));
        while (items.hasNext()) {
            meter.step();
            frame.scope.assign(loop.variable(), items.next());
            Flow flow = run(loop.body(), frame);
            if (flow == Flow.RETURN) {
                return flow;
            }
            if (flow == Flow.BREAK) {
                break;
            }
        }
        return Flow.NEXT;
    }

    private Flow loop(Statement.While loop, Frame frame) {
        while (Comparisons.truth(evaluator.value(loop.test(), frame.scope))) {
            Flow flow = run(loop.body(), frame);
            if (flow == Flow.RETURN) {
                return flow;
            }
            if (flow == Flow.BREAK) {
                break;
            }
        }
        return Flow.NEXT;
    }

    private void effect(Statement statement, Scope scope) {
        if (statement instanceof Statement.Evaluate evaluate) {
            evaluator.value(evaluate.expression(), scope);
        } else if (statement instanceof Statement.Assign assign) {
            PythonValue value = evaluator.value(assign.value(), scope);
            if (assign.target() instanceof Expression.Index index) {
                PythonValue sequence = evaluator.value(index.sequence(), scope);
                Sequences.store(sequence, evaluator.value(index.position(), scope), value);
            } else if (assign.target() instanceof Expression.Name name) {
                scope.assign(name.name(), value);
            }
        } else if (statement instanceof Statement.Augment augment) {
            augment(augment, scope);
        } else {
            throw new IllegalStateException("no such statement: " + statement);
        }
    }

    /** The target is evaluated once, and a list on the left is changed in place, as in Python. */
    private void augment(Statement.Augment augment, Scope scope) {
        if (augment.target() instanceof Expression.Index index) {
            PythonValue sequence = evaluator.value(index.sequence(), scope);
            PythonValue position = evaluator.value(index.position(), scope);
            PythonValue old = Sequences.item(sequence, position);
            PythonValue operand = evaluator.value(augment.value(), scope);
            Sequences.store(sequence, position, Arithmetic.inPlace(augment.operator(), old, operand, meter));
        } else if (augment.target() instanceof Expression.Name name) {
            PythonValue old = scope.value(name.name());
            PythonValue operand = evaluator.value(augment.value(), scope);
            scope.assign(name.name(), Arithmetic.inPlace(augment.operator(), old, operand, meter));
        }
    }
}

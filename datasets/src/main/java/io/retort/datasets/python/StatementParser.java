package io.retort.datasets.python;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parses function definitions and the statements in them. */
final class StatementParser {

    private static final Set<String> AUGMENTED = Set.of("+=", "-=", "*=", "//=", "%=", "**=");

    private final Cursor cursor;
    private final ExpressionParser expressions;
    private int loops;

    StatementParser(Cursor cursor) {
        this.cursor = cursor;
        this.expressions = new ExpressionParser(cursor);
    }

    /** A whole program: one definition or more; of two with the same name the later counts. */
    Map<String, Statement.Function> program() {
        Map<String, Statement.Function> functions = new LinkedHashMap<>();
        while (cursor.peek().kind() != Token.Kind.END) {
            Statement.Function function = function();
            functions.put(function.name(), function);
        }
        return functions;
    }

    private Statement.Function function() {
        cursor.expectKeyword("def");
        String name = cursor.expect(Token.Kind.NAME, "a function's name").text();
        cursor.expectOperator("(");
        List<String> parameters = new ArrayList<>();
        while (!cursor.skipOperator(")")) {
            Token parameter = cursor.expect(Token.Kind.NAME, "a parameter");
            if (parameters.contains(parameter.text())) {
                throw PythonError.syntax(parameter.line(), "the parameter " + parameter.text() + " stands twice");
            }
            parameters.add(parameter.text());
            if (!cursor.atOperator(")")) {
                cursor.expectOperator(",");
            }
        }
        List<Statement> body = block();
        Set<String> locals = new HashSet<>(parameters);
        collectAssigned(body, locals);
        return new Statement.Function(name, parameters, body, locals);
    }

    private static void collectAssigned(List<Statement> body, Set<String> names) {
        for (Statement statement : body) {
            if (statement instanceof Statement.Assign assign && assign.target() instanceof Expression.Name target) {
                names.add(target.name());
            } else if (statement instanceof Statement.Augment augment
                    && augment.target() instanceof Expression.Name target) {
                names.add(target.name());
            } else if (statement instanceof Statement.For loop) {
                names.add(loop.variable());
                collectAssigned(loop.body(), names);
            } else if (statement instanceof Statement.While loop) {
                collectAssigned(loop.body(), names);
            } else if (statement instanceof Statement.If branch) {
                collectAssigned(branch.body(), names);
                collectAssigned(branch.alternative(), names);
            }
        }
    }

    /** A colon and what belongs to it: one simple statement on the same line, or indented lines. */
    private List<Statement> block() {
        cursor.expectOperator(":");
        List<Statement> statements = new ArrayList<>();
        if (cursor.peek().kind() != Token.Kind.NEWLINE) {
            statements.add(simple());
            return statements;
        }
        cursor.next();
        cursor.expect(Token.Kind.INDENT, "an indented line");
        while (cursor.peek().kind() != Token.Kind.DEDENT) {
            statements.add(statement());
        }
        cursor.next();
        return statements;
    }

    private Statement statement() {
        if (cursor.skipKeyword("if")) {
            return branch();
        }
        if (cursor.skipKeyword("while")) {
            Expression test = expressions.expression();
            return new Statement.While(test, loopBody());
        }
        if (cursor.skipKeyword("for")) {
            String variable = cursor.expect(Token.Kind.NAME, "a variable").text();
            cursor.expectKeyword("in");
            Expression source = expressions.expression();
            return new Statement.For(variable, source, loopBody());
        }
        return simple();
    }

    private List<Statement> loopBody() {
        loops++;
        List<Statement> body = block();
        loops--;
        return body;
    }

    private Statement branch() {
        cursor.enter();
        Expression test = expressions.expression();
        List<Statement> body = block();
        List<Statement> alternative = List.of();
        if (cursor.skipKeyword("elif")) {
            alternative = List.of(branch());
        } else if (cursor.skipKeyword("else")) {
            alternative = block();
        }
        cursor.leave();
        return new Statement.If(test, body, alternative);
    }

    /** A statement on one line. */
    private Statement simple() {
        Token token = cursor.peek();
        Statement statement;
        if (cursor.skipKeyword("return")) {
            statement = new Statement.Return(
                    cursor.peek().kind() == Token.Kind.NEWLINE
                            ? Optional.empty()
                            : Optional.of(expressions.expression()));
        } else if (cursor.skipKeyword("pass")) {
            statement = Statement.Simple.PASS;
        } else if (cursor.skipKeyword("break")) {
            statement = inLoop(token, Statement.Simple.BREAK);
        } else if (cursor.skipKeyword("continue")) {
            statement = inLoop(token, Statement.Simple.CONTINUE);
        } else {
            statement = assignment();
        }
        cursor.expect(Token.Kind.NEWLINE, "the end of the line");
        return statement;
    }

    private Statement inLoop(Token token, Statement statement) {
        if (loops == 0) {
            throw PythonError.syntax(token.line(), "'" + token.text() + "' outside a loop");
        }
        return statement;
    }

    private Statement assignment() {
        int line = cursor.peek().line();
        Expression target = expressions.expression();
        if (cursor.skipOperator("=")) {
            return new Statement.Assign(assignable(target, line), expressions.expression());
        }
        Token token = cursor.peek();
        if (token.kind() == Token.Kind.OPERATOR && AUGMENTED.contains(token.text())) {
            cursor.next();
            String operator = token.text().substring(0, token.text().length() - 1);
            return new Statement.Augment(assignable(target, line), operator, expressions.expression());
        }
        return new Statement.Evaluate(target);
    }

    private static Expression assignable(Expression target, int line) {
        if (target instanceof Expression.Name || target instanceof Expression.Index) {
            return target;
        }
        throw PythonError.syntax(line, "expected a name or an index on the left of an assignment");
    }
}

package io.retort.datasets.python;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Recursive descent over expressions, one method a level of precedence (Python reference, section 6.17). */
final class ExpressionParser {

    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    /** A chain of operators is a tree as deep as the chain is long. */
    private static final int LONGEST_CHAIN = 200;

    private final Cursor cursor;

    ExpressionParser(Cursor cursor) {
        this.cursor = cursor;
    }

    /** A conditional expression, which is the weakest of all. */
    Expression expression() {
        cursor.enter();
        Expression value = disjunction();
        if (cursor.skipKeyword("if")) {
            Expression test = disjunction();
            cursor.expectKeyword("else");
            value = new Expression.Conditional(test, value, expression());
        }
        cursor.leave();
        return value;
    }

    private Expression disjunction() {
        Expression left = conjunction();
        for (int length = 1; cursor.skipKeyword("or"); length++) {
            requireChain(length);
            left = new Expression.Logical("or", left, conjunction());
        }
        return left;
    }

    private Expression conjunction() {
        Expression left = negation();
        for (int length = 1; cursor.skipKeyword("and"); length++) {
            requireChain(length);
            left = new Expression.Logical("and", left, negation());
        }
        return left;
    }

    private void requireChain(int length) {
        if (length > LONGEST_CHAIN) {
            throw PythonError.limit("line " + cursor.peek().line() + ": more than " + LONGEST_CHAIN
                    + " operators of one precedence in a row");
        }
    }

    private Expression negation() {
        if (!cursor.skipKeyword("not")) {
            return comparison();
        }
        cursor.enter();
        Expression operand = negation();
        cursor.leave();
        return new Expression.Unary("not", operand);
    }

    private Expression comparison() {
        Expression first = sum();
        List<String> operators = new ArrayList<>();
        List<Expression> operands = new ArrayList<>();
        for (Optional<String> operator = comparator(); operator.isPresent(); operator = comparator()) {
            operators.add(operator.get());
            operands.add(sum());
        }
        return operators.isEmpty() ? first : new Expression.Comparison(first, operators, operands);
    }

    private Optional<String> comparator() {
        Token token = cursor.peek();
        if (token.kind() == Token.Kind.OPERATOR && COMPARISONS.contains(token.text())) {
            return Optional.of(cursor.next().text());
        }
        if (cursor.skipKeyword("in")) {
            return Optional.of("in");
        }
        if (cursor.skipKeyword("is")) {
            return Optional.of(cursor.skipKeyword("not") ? "is not" : "is");
        }
        if (cursor.atKeyword("not") && cursor.peekAfter().is(Token.Kind.KEYWORD, "in")) {
            cursor.next();
            cursor.next();
            return Optional.of("not in");
        }
        return Optional.empty();
    }

    private Expression sum() {
        Expression left = product();
        for (int length = 1; cursor.atOperator("+") || cursor.atOperator("-"); length++) {
            requireChain(length);
            String operator = cursor.next().text();
            left = new Expression.Binary(operator, left, product());
        }
        return left;
    }

    private Expression product() {
        Expression left = signed();
        for (int length = 1; cursor.atOperator("*") || cursor.atOperator("//") || cursor.atOperator("%"); length++) {
            requireChain(length);
            String operator = cursor.next().text();
            left = new Expression.Binary(operator, left, signed());
        }
        return left;
    }

    private Expression signed() {
        if (!cursor.atOperator("-") && !cursor.atOperator("+")) {
            return power();
        }
        String operator = cursor.next().text();
        cursor.enter();
        Expression operand = signed();
        cursor.leave();
        return new Expression.Unary(operator, operand);
    }

    /** Binds tighter than a sign on its left and weaker than one on its right, and groups to the right. */
    private Expression power() {
        Expression base = postfix();
        if (!cursor.skipOperator("**")) {
            return base;
        }
        cursor.enter();
        Expression exponent = signed();
        cursor.leave();
        return new Expression.Binary("**", base, exponent);
    }

    private Expression postfix() {
        Expression value = atom();
        int applied = 0;
        while (true) {
            if (cursor.skipOperator("[")) {
                value = subscript(value);
            } else if (cursor.skipOperator(".")) {
                String method =
                        cursor.expect(Token.Kind.NAME, "a method's name").text();
                cursor.expectOperator("(");
                Arguments arguments = arguments();
                value = new Expression.MethodCall(value, method, arguments.positional(), arguments.keywords());
            } else if (cursor.atOperator("(")) {
                throw cursor.unexpected("a call of a function by its name");
            } else {
                return value;
            }
            if (++applied > 20) {
                throw PythonError.limit("more than 20 subscripts or methods in a row");
            }
        }
    }

    private Expression subscript(Expression sequence) {
        Optional<Expression> start = cursor.atOperator(":") ? Optional.empty() : Optional.of(expression());
        if (start.isPresent() && cursor.skipOperator("]")) {
            return new Expression.Index(sequence, start.get());
        }
        cursor.expectOperator(":");
        Optional<Expression> stop =
                cursor.atOperator(":") || cursor.atOperator("]") ? Optional.empty() : Optional.of(expression());
        Optional<Expression> step = Optional.empty();
        if (cursor.skipOperator(":") && !cursor.atOperator("]")) {
            step = Optional.of(expression());
        }
        cursor.expectOperator("]");
        return new Expression.Slice(sequence, start, stop, step);
    }

    private Expression atom() {
        Token token = cursor.next();
        switch (token.kind()) {
            case INTEGER -> {
                return new Expression.Literal(new PythonValue.Int(new BigInteger(token.text())));
            }
            case STRING -> {
                return new Expression.Literal(new PythonValue.Str(token.text()));
            }
            case NAME -> {
                return cursor.skipOperator("(") ? call(token.text()) : new Expression.Name(token.text());
            }
            default -> {
                return other(token);
            }
        }
    }

    private Expression other(Token token) {
        switch (token.kind() + " " + token.text()) {
            case "KEYWORD True" -> {
                return new Expression.Literal(PythonValue.Bool.TRUE);
            }
            case "KEYWORD False" -> {
                return new Expression.Literal(PythonValue.Bool.FALSE);
            }
            case "KEYWORD None" -> {
                return new Expression.Literal(PythonValue.None.NONE);
            }
            case "OPERATOR (" -> {
                Expression inner = expression();
                cursor.expectOperator(")");
                return inner;
            }
            case "OPERATOR [" -> {
                return listDisplay();
            }
            default -> throw PythonError.syntax(token.line(), "expected an expression, found " + token.shown());
        }
    }

    private Expression listDisplay() {
        List<Expression> items = new ArrayList<>();
        while (!cursor.skipOperator("]")) {
            items.add(expression());
            if (items.size() == 1 && cursor.atKeyword("for")) {
                List<Expression.Clause> clauses = clauses();
                cursor.expectOperator("]");
                return new Expression.Comprehension(items.get(0), clauses, Expression.Result.LIST);
            }
            if (!cursor.atOperator("]")) {
                cursor.expectOperator(",");
            }
        }
        return new Expression.ListDisplay(items);
    }

    private List<Expression.Clause> clauses() {
        List<Expression.Clause> clauses = new ArrayList<>();
        while (cursor.skipKeyword("for")) {
            String variable = cursor.expect(Token.Kind.NAME, "a variable").text();
            cursor.expectKeyword("in");
            Expression source = disjunction();
            List<Expression> conditions = new ArrayList<>();
            while (cursor.skipKeyword("if")) {
                conditions.add(disjunction());
            }
            clauses.add(new Expression.Clause(variable, source, conditions));
        }
        if (clauses.size() > 3) {
            throw PythonError.limit("more than 3 loops in a comprehension");
        }
        return clauses;
    }

    private Expression call(String function) {
        Arguments arguments = arguments();
        return new Expression.Call(function, arguments.positional(), arguments.keywords());
    }

    private record Arguments(List<Expression> positional, Map<String, Expression> keywords) {}

    /** What stands between the brackets of a call, the opening one already read. */
    private Arguments arguments() {
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> keywords = new LinkedHashMap<>();
        while (!cursor.skipOperator(")")) {
            Token token = cursor.peek();
            if (token.kind() == Token.Kind.NAME && cursor.peekAfter().is(Token.Kind.OPERATOR, "=")) {
                cursor.next();
                cursor.next();
                if (keywords.put(token.text(), expression()) != null) {
                    throw PythonError.syntax(token.line(), "the argument " + token.text() + " is given twice");
                }
            } else if (keywords.isEmpty()) {
                positional.add(expression());
            } else {
                throw cursor.unexpected("a named argument");
            }
            if (positional.size() == 1 && keywords.isEmpty() && cursor.atKeyword("for")) {
                positional.set(0, new Expression.Comprehension(positional.get(0), clauses(), Expression.Result.STREAM));
                cursor.expectOperator(")");
                break;
            }
            if (!cursor.atOperator(")")) {
                cursor.expectOperator(",");
            }
        }
        return new Arguments(positional, keywords);
    }
}

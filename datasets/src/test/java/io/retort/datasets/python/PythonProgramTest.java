package io.retort.datasets.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected values were read off Python 3.11. */
class PythonProgramTest {

    private static String run(String source) {
        PythonProgram program = PythonProgram.parse(source);
        return PythonProgram.literal(program.call("f", List.of(), ExecutionLimits.STANDARD));
    }

    private static String value(String expression) {
        return run("def f():\n    return " + expression + "\n");
    }

    private static PythonError.Kind failure(String expression) {
        try {
            value(expression);
        } catch (PythonError e) {
            return e.kind();
        }
        throw new AssertionError("expected an error of " + expression + ", found " + value(expression));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "2 + 3 * 4; 14",
                "(2 + 3) * 4; 20",
                "-7 // 2; -4",
                "-7 % 3; 2",
                "7 % -3; -2",
                "-2 ** 2; -4",
                "2 ** 3 ** 2; 512",
                "(-1) ** 999999999999; -1",
                "0 ** 0; 1",
                "2 ** -0; 1",
                "2 ** 100; 1267650600228229401496703205376",
                "True + True; 2",
                "-True; -1",
                "not 0; True",
                "1 < 2 < 3; True",
                "1 < 3 < 2; False",
                "3 > 2 == 2; True",
                "0 or 'x'; 'x'",
                "1 and []; []",
                "1 or 1 // 0; 1",
                "5 if 0 else 6; 6",
                "1 if 0 else 2 if 0 else 3; 3",
                "1 == True; True",
                "[1, [2]] == [1, [2]]; True",
                "'a' == 1; False",
                "None is None; True",
                "None == 0; False",
                "'ab' < 'b'; True",
                "[1, 2] < [1, 3]; True",
                "2 in [1, 2]; True",
                "'bc' not in 'abcd'; False",
                "3 in range(0, 10, 2); False",
                "'abc'[::-1]; 'cba'",
                "'abcdef'[-4:-1]; 'cde'",
                "'abcdef'[4:1:-2]; 'ec'",
                "[1, 2, 3, 4][10:]; []",
                "[1, 2, 3, 4][:-9:-1]; [4, 3, 2, 1]",
                "'abc'[-1]; 'c'",
                "range(5)[-2]; 3",
                "len(range(10, 0, -3)); 4",
                "[v * v for v in range(4) if v % 2]; [1, 9]",
                "[a + b for a in 'xy' for b in a]; ['xx', 'yy']",
                "sum(v for v in [1, 2, 3]); 6",
                "sum([[1], [2]], []); [1, 2]",
                "max(3, True, 7); 7",
                "max(True, 1); True",
                "min('banana'); 'a'",
                "sorted([3, 1, 2], reverse=True); [3, 2, 1]",
                "sorted([True, 1, 0]); [0, True, 1]",
                "list(reversed('abc')); ['c', 'b', 'a']",
                "any([]); False",
                "all([]); True",
                "int(' -12 '); -12",
                "int(True); 1",
                "str([1, 'a']); \"[1, 'a']\"",
                "bool('False'); True",
                "abs(-3); 3",
                "ord('a') + len(chr(98)); 98",
                "'a,b,,c'.split(','); ['a', 'b', '', 'c']",
                "' a  b '.split(); ['a', 'b']",
                "'-'.join(['a', 'b']); 'a-b'",
                "'banana'.count('ana'); 1",
                "'abc'.count(''); 4",
                "'aaa'.replace('a', 'bb'); 'bbbbbb'",
                "'abc'.replace('', '-'); '-a-b-c-'",
                "'they\\'re x2y'.title(); \"They'Re X2Y\"",
                "'aBc'.swapcase(); 'AbC'",
                "'aBC'.capitalize(); 'Abc'",
                "'xxaxx'.strip('x'); 'a'",
                "'a1'.isalnum(); True",
                "''.isdigit(); False",
                "'a1'.islower(); True",
                "'abc'.find('z'); -1",
                "[1, 2, 1].count(1); 2",
                "'ab' * -1; ''",
                "3 * [0]; [0, 0, 0]",
                "'it\\'s'; \"it's\"",
                "'\"it\\'s\"'; '\"it\\'s\"'",
                "'a\\n\\t\\\\'; 'a\\n\\t\\\\'"
            })
    void evaluatesExpressionsAsPythonDoes(String expression, String expected) {
        assertThat(value(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "1 // 0; ZERO_DIVISION",
                "1 % 0; ZERO_DIVISION",
                "0 ** -1; ZERO_DIVISION",
                "'a' + 1; TYPE",
                "[1] < ['a']; TYPE",
                "1 < 'a'; TYPE",
                "-'a'; TYPE",
                "len(3); TYPE",
                "1 in 'abc'; TYPE",
                "sum(['a']); TYPE",
                "abs('a'); TYPE",
                "'abc'[3]; INDEX",
                "[][0]; INDEX",
                "[].pop(); INDEX",
                "max([]); VALUE",
                "int('x'); VALUE",
                "[1].index(2); VALUE",
                "[1].remove(2); VALUE",
                "'abc'.index('z'); VALUE",
                "'abc'.split(''); VALUE",
                "range(1, 2, 0); VALUE",
                "[1, 2][::0]; VALUE",
                "unknown; NAME",
                "unknown(); NAME",
                "__import__('os'); NAME",
                "open('x'); NAME",
                "'a'.__class__(); TYPE",
                "len; TYPE",
                "'a'.format(); TYPE",
                "(1).real(); TYPE",
                "2 ** 2000; LIMIT",
                "2 ** 10 ** 30; LIMIT",
                "'a' * 10 ** 9; LIMIT",
                "[0] * 10 ** 30; LIMIT",
                "sum(range(10 ** 20)); LIMIT",
                "f(); LIMIT"
            })
    void namesWhatIsWrongWithAnExpression(String expression, PythonError.Kind kind) {
        assertThat(failure(expression)).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import os",
                "def f(): import os",
                "def f():\n    x.y = 1",
                "def f():\n    return lambda: 1",
                "def f():\n    return 1.5",
                "def f():\n    return 1 / 2",
                "def f():\n    return 0x1F",
                "def f():\n    return 007",
                "def f():\n    return {1: 2}",
                "def f():\n    return (1, 2)",
                "def f():\n    return ()",
                "def f():\n    return f'x'",
                "def f():\n    return 'a' 'b'",
                "def f():\n    return 'a",
                "def f():\n    return 'a\\q'",
                "def f():\n    return (1",
                "def f():\n    return 1)",
                "def f():\n    a, b = 1, 2",
                "def f():\n    1 = 2",
                "def f():\n    [1] += 2",
                "def f():\n    return g(a=1, 2)",
                "def f():\n    return g(a=1, a=2)",
                "def f(a, a):\n    return a",
                "def f(a=1):\n    return a",
                "def f(*a):\n    return a",
                "def f():\nreturn 1",
                "def f():\n    return 1\n  return 2",
                "def f():\n\treturn 1",
                "def f():\n    break",
                "def f():\n    return 1; return 2",
                "def f():\n    if 1:\n        return 1\n    else",
                "def f():\n    for i in [1]: pass\n    else: pass",
                "def f():\n    def g():\n        return 1\n    return g()",
                "def f():\n    return 1 if 2",
                "def f():\n    return f()()",
                "def f():\n    return '\u00e9'",
                "x = 1",
                "f()"
            })
    void refusesWhatIsNotInTheSubset(String source) {
        assertThatThrownBy(() -> PythonProgram.parse(source))
                .isInstanceOfSatisfying(
                        PythonError.class, e -> assertThat(e.kind()).isEqualTo(PythonError.Kind.SYNTAX));
    }

    @Test
    void runsLoopsWithBreakAndContinue() {
        assertThat(run("""
                        def f():
                            out = []
                            n = 0
                            while True:
                                n += 1
                                if n % 2 == 0:
                                    continue
                                elif n > 9:
                                    break
                                for v in range(n):
                                    if v > 2: break
                                    out.append(v)
                            return [n, out]
                        """)).isEqualTo("[11, [0, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]]");
    }

    @Test
    void changesListsInPlaceWhereverTheyAreNamed() {
        assertThat(run("""
                        def f():
                            a = [3, 1, 2]
                            b = a
                            b += [0]
                            b[0] += 10
                            b.sort()
                            b.insert(-1, 7)
                            c = a[:]
                            c.reverse()
                            a *= 2
                            return [a == b, b, c, a.pop(0), len(b)]
                        """)).isEqualTo("[True, [1, 2, 7, 13, 0, 1, 2, 7, 13], [13, 7, 2, 1, 0], 0, 9]");
    }

    @Test
    void goesThroughAListThatGrowsOnTheWay() {
        assertThat(run("""
                        def f():
                            a = [1]
                            for v in a:
                                if v < 4:
                                    a.append(v + 1)
                            return a
                        """)).isEqualTo("[1, 2, 3, 4]");
    }

    @Test
    void goesThroughAStreamOnce() {
        assertThat(run("def f():\n    r = reversed([1, 2])\n    return [list(r), list(r), bool(r)]\n"))
                .isEqualTo("[[2, 1], [], True]");
    }

    @Test
    void keepsTheVariableOfAComprehensionToItself() {
        assertThat(run("def f():\n    v = 5\n    a = [v for v in [1, 2]]\n    return [v, a]\n"))
                .isEqualTo("[5, [1, 2]]");
    }

    @Test
    void callsItsOwnFunctionsAndItself() {
        assertThat(run("""
                        def g(n):
                            # the factorial
                            if n < 2: return 1
                            return n * g(n - 1)

                        def f():
                            '''A docstring.'''
                            return g(20)
                        """)).isEqualTo("2432902008176640000");
    }

    @Test
    void treatsANameAssignedAnywhereInAFunctionAsLocal() {
        assertThatThrownBy(() -> run("def f():\n    a = max([1])\n    max = 2\n    return a\n"))
                .isInstanceOfSatisfying(
                        PythonError.class, e -> assertThat(e.kind()).isEqualTo(PythonError.Kind.NAME));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "def f():\n    while True: pass",
                "def f():\n    a = [1]\n    for v in a: a.append(v)",
                "def f():\n    a = 2\n    while True: a = a * a",
                "def f():\n    a = 'x'\n    while True: a += a",
                "def f():\n    a = [1]\n    while True: a += a",
                "def f():\n    a = [1]\n    while True: a.extend(a)",
                "def f():\n    return [a for a in range(999) for b in range(999)]",
                "def f():\n    a = []\n    for i in range(100): a = [a]\n    return a == [a]",
                "def f():\n    a = []\n    a.append(a)\n    return str(a)",
                "def f():\n    a = 'a' * 5000\n    return a.replace('a', a)",
                "def f():\n    a = 'a' * 5000\n    return a.join([a, a])",
                "def f():\n    a = [1]\n    for i in range(9): a = [a] * 5000\n    return str(a)",
                "def f():\n    a = [1]\n    for i in range(9): a = [a] * 5000\n    return a",
                "def f():\n    a = [1]\n    b = [1]\n    for i in range(9):\n        a = [a] * 99\n        b = [b] * 99\n    return a == b",
                "def f():\n    return [f(), f()]"
            })
    void stopsWhatDoesNotEnd(String source) {
        assertThatThrownBy(() -> run(source))
                .isInstanceOfSatisfying(
                        PythonError.class, e -> assertThat(e.kind()).isEqualTo(PythonError.Kind.LIMIT));
    }

    @Test
    void refusesTextThatNestsTooDeeply() {
        for (String nested : List.of(
                "(".repeat(500) + "1" + ")".repeat(500),
                "[".repeat(500) + "]".repeat(500),
                "-".repeat(5_000) + "1",
                "not ".repeat(2_000) + "1",
                "2 ** ".repeat(2_000) + "1",
                "1 if 1 else ".repeat(1_000) + "1",
                "f(".repeat(500) + ")".repeat(500),
                "x" + "[0]".repeat(2_000),
                "x" + ".a()".repeat(2_000),
                "1" + " + 1".repeat(100_000),
                "1" + " * 1".repeat(100_000),
                "1" + " and 1".repeat(100_000),
                "1" + " or 1".repeat(100_000))) {
            assertThat(failure(nested)).as(nested.substring(0, 20)).isEqualTo(PythonError.Kind.LIMIT);
        }
        StringBuilder branches = new StringBuilder("def f():\n    if 1: pass\n");
        branches.append("    elif 1: pass\n".repeat(900));
        assertThatThrownBy(() -> PythonProgram.parse(branches.toString())).isInstanceOf(PythonError.class);
        StringBuilder blocks = new StringBuilder("def f():\n");
        for (int i = 1; i < 100; i++) {
            blocks.append(" ".repeat(i)).append("if 1:\n");
        }
        assertThatThrownBy(() -> PythonProgram.parse(blocks + " ".repeat(100) + "pass\n"))
                .isInstanceOf(PythonError.class);
    }

    @Test
    void refusesAnyDamagedTextWithItsOwnError() {
        String source = """
                def f(a, xs):
                    \"""A doc.\"""
                    # f(1, [2]) == 3
                    total = 0
                    for v in xs[1::2]:
                        if v > a and not v % 2 == 0:
                            total += sum([w for w in xs if w < 3]) - len('a\\n'.upper())
                        elif v in [1]: continue
                    return total if total else None
                """;
        for (int end = 0; end < source.length(); end++) {
            survives(source.substring(0, end));
        }
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder damaged = new StringBuilder(source);
            for (int j = random.nextInt(3); j >= 0; j--) {
                int at = random.nextInt(damaged.length());
                switch (random.nextInt(3)) {
                    case 0 -> damaged.setCharAt(at, (char) random.nextInt(256));
                    case 1 -> damaged.deleteCharAt(at);
                    default -> damaged.insert(at, source.charAt(random.nextInt(source.length())));
                }
            }
            survives(damaged.toString());
        }
    }

    /** Whatever the text, there is a result or an error of the interpreter's own kind. */
    private static void survives(String source) {
        try {
            PythonProgram program = PythonProgram.parse(source);
            for (String function : program.functions()) {
                program.call(
                        function,
                        List.of(
                                PythonValue.Int.of(1),
                                new PythonValue.Sequence(List.of(PythonValue.Int.of(2), PythonValue.Int.of(3)))),
                        ExecutionLimits.STANDARD);
            }
        } catch (PythonError e) {
            assertThat(e.reason()).isNotEmpty();
        }
    }

    @Test
    void readsAnExampleWithItsArguments() {
        PythonProgram.CallExample example = PythonProgram.example("vako(-3, 'a b', [1, [True]]) == None");
        assertThat(example.function()).isEqualTo("vako");
        assertThat(example.arguments().stream().map(PythonProgram::literal))
                .containsExactly("-3", "'a b'", "[1, [True]]");
        assertThatThrownBy(() -> PythonProgram.example("vako(1)")).isInstanceOf(PythonError.class);
        assertThatThrownBy(() -> PythonProgram.example("vako(1) == 2 junk")).isInstanceOf(PythonError.class);
    }

    @Test
    void takesTheBodyOfAMethodOnOneLine() {
        assertThat(run("def f(): return 3")).isEqualTo("3");
    }
}

/**
 * A small interpreter for a documented subset of Python ({@code docs/python-subset.md}).
 *
 * <p>It exists so that an answer of the coding suite is judged by what it computes and not by how it is written, with
 * no Python on the machine and no way for a model's text to touch anything: there is no input, output, import, clock
 * or attribute access, and steps, depth and sizes are bounded. Text goes through the lexer and the parser to a tree of
 * {@link io.retort.datasets.python.Statement}s and {@link io.retort.datasets.python.Expression}s, which
 * {@link io.retort.datasets.python.PythonProgram} runs. What the subset has means what it means in Python 3.11; what
 * it lacks is refused, never approximated.
 */
@NullMarked
package io.retort.datasets.python;

import org.jspecify.annotations.NullMarked;

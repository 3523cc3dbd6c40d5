/**
 * Student models in plain Java: what an expert of a bundle is, and how one symbol is read and the next one predicted.
 *
 * <p>The package exists so that an expert runs wherever Java code runs, with nothing beside it: no dependency, no file
 * access, no reflection, no thread. Training lives elsewhere and is held equal to this code by tests. A family is a
 * config, its weights, a state and a step; the one family here is {@linkplain
 * io.retort.inference.students.StudentConfig recurrent-attention}.
 */
@NullMarked
package io.retort.inference.students;

import org.jspecify.annotations.NullMarked;

/**
 * Student models in plain Java: what an expert of a bundle is, and how one symbol is read and the next one predicted.
 *
 * <p>The package exists so that an expert runs wherever Java code runs, with nothing beside it: no dependency, no file
 * access, no reflection, no thread. Training lives elsewhere and is held equal to this code by tests.
 *
 * <p>A family is a {@linkplain io.retort.inference.students.StudentShape shape} that a config says, the {@linkplain
 * io.retort.inference.students.Student student} that the shape opens with its tensors, and the student's state. {@link
 * io.retort.inference.students.StudentFamilies} has the families of this package and finds those of others.
 */
@NullMarked
package io.retort.inference.students;

import org.jspecify.annotations.NullMarked;

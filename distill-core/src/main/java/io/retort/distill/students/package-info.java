/**
 * Training of students: the form that is parallel over time, in DJL, with its loss, data and trainer.
 *
 * <p>The package exists apart from {@link io.retort.inference.students} because running a student needs no more than the
 * JDK. Both compute the same function of the same tensors; tests hold them together. A trainer belongs to one thread and
 * shares nothing with others, so that several run in one process.
 */
@NullMarked
package io.retort.distill.students;

import org.jspecify.annotations.NullMarked;

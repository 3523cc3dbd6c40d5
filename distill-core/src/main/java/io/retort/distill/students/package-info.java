/**
 * Training of students: the form that is parallel over time, in DJL, with its loss, data and trainer.
 *
 * <p>The package exists apart from {@link io.retort.inference.students} because running a student needs no more than the
 * JDK. Both compute the same function of the same tensors; tests hold them together. What a family of students trains with is
 * a {@link io.retort.distill.students.TrainableFamily}, which {@link io.retort.distill.students.TrainableFamilies} finds. A trainer belongs to one thread and
 * shares nothing with others, so that several run in one process.
 */
@NullMarked
package io.retort.distill.students;

import org.jspecify.annotations.NullMarked;

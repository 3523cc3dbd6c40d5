/**
 * The inner loops of students: products of a few rows with a matrix, and exponentials. Behind one interface, so that a
 * machine's wide instructions can be used where a jar that knows them is there, and plain Java everywhere else.
 */
@NullMarked
package io.retort.inference.kernels;

import org.jspecify.annotations.NullMarked;

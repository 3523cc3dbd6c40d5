/**
 * Arithmetic on small matrices of 32-bit floats. Every result is a fixed sequence of roundings, so that it is the same on
 * every machine, with wide instructions and without.
 */
@NullMarked
package io.retort.distill.kernels;

import org.jspecify.annotations.NullMarked;

/**
 * Which experts are in memory: those that are read with, those that were read with lately, compressed ones for the next time, and
 * all others where the bundle has them. The bound is kept before anything that lasts is allocated; what
 * decoding an expert takes while it goes on, some copies of its weights, is not counted.
 */
@NullMarked
package io.retort.inference.memory;

import org.jspecify.annotations.NullMarked;

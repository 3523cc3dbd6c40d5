/**
 * Which experts are in memory: those that are read with, those that were read with lately, compressed ones for the next time, and
 * all others where the bundle has them. The bound is kept before anything is allocated.
 */
@NullMarked
package io.retort.inference.memory;

import org.jspecify.annotations.NullMarked;

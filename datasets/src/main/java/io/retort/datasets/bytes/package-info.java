/**
 * A teacher's distributions over tokens, turned into distributions over the next byte.
 *
 * <p>The package exists so that one student format serves every teacher: students read and write bytes, whatever a
 * teacher's tokens are. The probability of a byte is a marginal over all tokens that agree with the bytes so far; it is
 * computed once from what is stored and kept in files that a trainer maps into memory. docs/byte-targets.md has the
 * formulas and the format.
 */
@NullMarked
package io.retort.datasets.bytes;

import org.jspecify.annotations.NullMarked;

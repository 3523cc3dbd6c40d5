/**
 * The six generated suites: seeded, unlimited documents of one domain each, with the checker that judges an answer.
 *
 * <p>They exist so that a teacher, its students and every comparison between them can be made on a machine with no
 * data at all, and so that a right answer is a matter of fact rather than of taste. A document is a pure function of
 * a seed and an index; its split follows from the hash of its prompt, so no prompt of the test split is ever trained
 * on. The tasks are described, with an example of each, in {@code docs/suites.md}.
 */
@NullMarked
package io.retort.datasets.suites;

import org.jspecify.annotations.NullMarked;

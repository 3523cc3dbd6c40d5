/**
 * From suites and sources to a corpus: documents without duplicates, split by content, in files whose bytes do not
 * depend on how many tasks wrote them.
 */
@NullMarked
package io.retort.jobs.prepare;

import org.jspecify.annotations.NullMarked;

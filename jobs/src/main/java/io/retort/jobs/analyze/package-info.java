/**
 * What a mixture-of-experts teacher has divided among its experts: their weights, read in ranges by tasks, and the
 * choices of its router on a corpus; from these a small stand-in for one expert, and weights for training documents.
 */
@NullMarked
package io.retort.jobs.analyze;

import org.jspecify.annotations.NullMarked;

/** How many documents a second tasks are answered at, beside lm-evaluation-harness and PyTorch. */
@NullMarked
package io.retort.bench.evaluation;

import org.jspecify.annotations.NullMarked;

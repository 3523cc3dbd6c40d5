/**
 * The data between the stages: corpora, generated suites, tokenizers, teacher logits and byte targets.
 *
 * <p>The root package holds only what every one of them needs.
 */
@NullMarked
package io.retort.datasets;

import org.jspecify.annotations.NullMarked;

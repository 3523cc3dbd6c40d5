/** Megabytes a second of the tokenizers, beside tiktoken on the same ranks and texts. */
@NullMarked
package io.retort.bench.tokenizers;

import org.jspecify.annotations.NullMarked;

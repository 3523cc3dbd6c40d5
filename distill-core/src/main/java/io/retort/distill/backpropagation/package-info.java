/**
 * Losses of students of the family recurrent-attention and their gradients, by hand: forward keeps what backward needs,
 * backward adds to the gradients. Knows nothing of documents, optimisers or engines.
 */
@NullMarked
package io.retort.distill.backpropagation;

import org.jspecify.annotations.NullMarked;

/**
 * Text to token ids and back: byte-pair tokenizers in tiktoken's and llama2.c's file formats, and a trainer for new ones.
 *
 * <p>The package exists so that texts are tokenised on this side, the same way for every teacher: an embedded model, a
 * checkpoint directory or a server that takes ids. Byte pairs as in Sennrich et al., "Neural Machine Translation of Rare
 * Words with Subword Units" (2016), over bytes as in Radford et al., "Language Models are Unsupervised Multitask
 * Learners" (2019).
 */
@NullMarked
package io.retort.datasets.tokenizers;

import org.jspecify.annotations.NullMarked;

/** Texts that a teacher or a student writes on from the prompts of documents, and what becomes of them. */
@NullMarked
package io.retort.distill.continuations;

import org.jspecify.annotations.NullMarked;

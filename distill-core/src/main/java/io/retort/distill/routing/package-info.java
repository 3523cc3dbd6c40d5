/** Trains the router of a bundle: which expert loses least on a document, foretold from the bytes of its prompt. */
@NullMarked
package io.retort.distill.routing;

import org.jspecify.annotations.NullMarked;

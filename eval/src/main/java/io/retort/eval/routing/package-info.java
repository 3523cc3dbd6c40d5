/** How well a router does: whom it chooses from how many bytes, what that costs, whether its ensemble's probabilities hold, and
 * whether it sees that a prompt is of no domain that it knows. */
@NullMarked
package io.retort.eval.routing;

import org.jspecify.annotations.NullMarked;

/** How fast students train. */
@NullMarked
package io.retort.bench.training;

import org.jspecify.annotations.NullMarked;

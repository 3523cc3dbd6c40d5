/** The runtime's speed beside other runtimes on the same experts. */
@NullMarked
package io.retort.bench.runtime;

import org.jspecify.annotations.NullMarked;

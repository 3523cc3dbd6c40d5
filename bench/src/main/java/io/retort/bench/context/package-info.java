/** What a long text costs an expert and what the expert still finds in it: time, memory and right answers by length. */
@NullMarked
package io.retort.bench.context;

import org.jspecify.annotations.NullMarked;

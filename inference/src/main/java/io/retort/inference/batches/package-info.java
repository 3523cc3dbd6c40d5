/** Many texts by several threads; not for the browser. */
@NullMarked
package io.retort.inference.batches;

import org.jspecify.annotations.NullMarked;

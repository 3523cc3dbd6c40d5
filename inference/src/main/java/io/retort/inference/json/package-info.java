/** A small JSON reader with bounds and a deterministic writer, so that the runtime needs no dependency to read a manifest. */
@NullMarked
package io.retort.inference.json;

import org.jspecify.annotations.NullMarked;

/** What it costs to store experts in fewer bits, and what it brings: bytes, compressed bytes, error and speed. */
@NullMarked
package io.retort.bench.stored;

import org.jspecify.annotations.NullMarked;

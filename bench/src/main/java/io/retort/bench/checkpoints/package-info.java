/** What opening a checkpoint takes of memory. */
@NullMarked
package io.retort.bench.checkpoints;

import org.jspecify.annotations.NullMarked;

/** Tokens a second of the teachers that run in the process, beside PyTorch on the same weights and texts. */
@NullMarked
package io.retort.bench.teachers;

import org.jspecify.annotations.NullMarked;

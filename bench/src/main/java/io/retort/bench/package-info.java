/** Measurements of the runtime, each as a ratio against a baseline that ran beside it. */
@NullMarked
package io.retort.bench;

import org.jspecify.annotations.NullMarked;

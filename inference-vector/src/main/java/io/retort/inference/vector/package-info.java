/** The runtime's inner loops in wide instructions, for a JVM that is started with {@code --add-modules jdk.incubator.vector}. */
@NullMarked
package io.retort.inference.vector;

import org.jspecify.annotations.NullMarked;

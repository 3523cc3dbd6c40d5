/** Runs tools on the JVM: handlers that block, each under a time limit. Not for browsers, which have no threads to wait with. */
@NullMarked
package io.retort.inference.tools.blocking;

import org.jspecify.annotations.NullMarked;

/**
 * Tools that a model may call while it answers. A {@link io.retort.inference.tools.ToolSession} goes from step to step and runs
 * nothing itself, so that it serves handlers that block, on the JVM, as well as those that come back later, in a browser.
 */
@NullMarked
package io.retort.inference.tools;

import org.jspecify.annotations.NullMarked;

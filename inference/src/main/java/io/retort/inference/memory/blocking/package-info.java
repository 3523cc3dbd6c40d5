/** What the memory of experts needs of a machine with threads; not for the browser. */
@NullMarked
package io.retort.inference.memory.blocking;

import org.jspecify.annotations.NullMarked;

/** The 98 symbols that students read and write, and the escape that lets any bytes pass through them. */
@NullMarked
package io.retort.inference.alphabet;

import org.jspecify.annotations.NullMarked;

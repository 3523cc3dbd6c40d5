/** UTF-8 as a check: where bytes from outside stop being text. */
@NullMarked
package io.retort.inference.text;

import org.jspecify.annotations.NullMarked;

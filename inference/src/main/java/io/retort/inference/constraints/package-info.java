/** What bytes an answer may consist of, told byte by byte while a model writes it, and how near its end is at the least. */
@NullMarked
package io.retort.inference.constraints;

import org.jspecify.annotations.NullMarked;

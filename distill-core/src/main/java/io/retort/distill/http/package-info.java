/** What all who ask servers need, whatever they ask. */
@NullMarked
package io.retort.distill.http;

import org.jspecify.annotations.NullMarked;

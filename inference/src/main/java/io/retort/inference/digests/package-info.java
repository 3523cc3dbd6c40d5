/** Content digests, so that what is opened is what was written. */
@NullMarked
package io.retort.inference.digests;

import org.jspecify.annotations.NullMarked;

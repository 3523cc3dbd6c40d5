/**
 * From a logit dataset to byte targets: the teacher's distributions over its tokens become distributions over the next
 * byte, in files that a trainer maps into memory.
 */
@NullMarked
package io.retort.jobs.align;

import org.jspecify.annotations.NullMarked;

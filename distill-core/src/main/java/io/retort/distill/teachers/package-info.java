/**
 * Teachers: the large models whose next-token distributions the students learn from. A {@link
 * io.retort.distill.teachers.Teacher} gives, for sequences of its own token ids, the whole distribution at every
 * position; everything downstream (logit datasets, byte targets, evaluation) speaks to this one interface.
 */
@NullMarked
package io.retort.distill.teachers;

import org.jspecify.annotations.NullMarked;

/**
 * Models without skill, and one with too much knowledge: what a distilled model must beat, or cannot.
 *
 * <p>Floors ({@link io.retort.eval.controls.MajorityAnswer}, {@link io.retort.eval.controls.UnigramByteModel}) are fitted on
 * the train split, never on what is tested.
 */
@NullMarked
package io.retort.eval.controls;

import org.jspecify.annotations.NullMarked;

/** Several students that read the same text in lock-step and are mixed into one prediction. */
@NullMarked
package io.retort.inference.ensembles;

import org.jspecify.annotations.NullMarked;

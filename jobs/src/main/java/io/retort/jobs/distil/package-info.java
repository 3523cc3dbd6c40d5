/**
 * From byte targets to experts: each is one Spark task that trains one student on one thread, says how it goes through a
 * file that the driver reads, and goes on from its checkpoint where an executor or a run was lost.
 */
@NullMarked
package io.retort.jobs.distil;

import org.jspecify.annotations.NullMarked;

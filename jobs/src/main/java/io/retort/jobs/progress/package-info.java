/** How far a job is: bars on a terminal, plain lines in a log, and the heartbeats by which Spark tasks tell the driver. */
@NullMarked
package io.retort.jobs.progress;

import org.jspecify.annotations.NullMarked;

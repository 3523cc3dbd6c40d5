/**
 * Spark applications and the command line: every job turns a {@link io.retort.jobs.Spec} that validates itself into a
 * {@link io.retort.jobs.reports.Report}, with provenance, and does nothing when its work is already there. The only
 * module that knows Spark; what is computed inside the tasks lives in the modules below.
 */
@NullMarked
package io.retort.jobs;

import org.jspecify.annotations.NullMarked;

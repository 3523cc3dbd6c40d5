/** What a job says before and after it runs: plans with their cost, reports, and tables that both print. */
@NullMarked
package io.retort.jobs.reports;

import org.jspecify.annotations.NullMarked;

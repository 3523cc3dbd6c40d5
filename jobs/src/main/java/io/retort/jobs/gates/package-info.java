/** Gates over finished reports: their files, the reports and bundles they are about, and the job that checks them. */
@NullMarked
package io.retort.jobs.gates;

import org.jspecify.annotations.NullMarked;

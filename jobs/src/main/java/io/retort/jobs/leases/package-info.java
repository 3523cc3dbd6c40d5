/** One maker at a time for each thing in a workspace, whatever processes and machines share it. */
@NullMarked
package io.retort.jobs.leases;

import org.jspecify.annotations.NullMarked;

/** Where the Spark session comes from: spark-submit's, or one in this process, quiet and bound to this machine. */
@NullMarked
package io.retort.jobs.sessions;

import org.jspecify.annotations.NullMarked;

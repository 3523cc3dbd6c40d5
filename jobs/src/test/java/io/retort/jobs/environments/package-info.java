/** Programs in Python that integration tests run beside ours. */
@NullMarked
package io.retort.jobs.environments;

import org.jspecify.annotations.NullMarked;

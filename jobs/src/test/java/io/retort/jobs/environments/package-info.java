/** Programs, most of them in Python, that integration tests run beside ours, and ports for them. */
@NullMarked
package io.retort.jobs.environments;

import org.jspecify.annotations.NullMarked;

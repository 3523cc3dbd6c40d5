/** From what was thrown to what a user reads: one line, and an exit code that says whose fault it was. */
@NullMarked
package io.retort.jobs.failures;

import org.jspecify.annotations.NullMarked;

/** Which teacher the jobs ask, and its one copy a process that all tasks share. */
@NullMarked
package io.retort.jobs.teachers;

import org.jspecify.annotations.NullMarked;

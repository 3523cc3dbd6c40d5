/** Pages of docs that a user follows: their commands are run, their messages provoked, so that they cannot grow untrue. */
@NullMarked
package io.retort.jobs.pages;

import org.jspecify.annotations.NullMarked;

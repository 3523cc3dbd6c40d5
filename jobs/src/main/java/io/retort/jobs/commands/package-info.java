/** The command line: the only package that prints. */
@NullMarked
package io.retort.jobs.commands;

import org.jspecify.annotations.NullMarked;

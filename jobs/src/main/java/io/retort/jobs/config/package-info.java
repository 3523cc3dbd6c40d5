/**
 * Where settings come from: the command line over the file over {@code spark.retort.*} over the defaults, every key of
 * every layer checked against the defaults, so that a misspelt key is an error and never a setting that has no effect.
 */
@NullMarked
package io.retort.jobs.config;

import org.jspecify.annotations.NullMarked;

/**
 * Which bundle is in use: versions of a model that never change, the aliases {@code challenger} and {@code champion} that
 * point at them, and the log of every move. Exists so that a bundle goes into use by a check and a record, and can go back.
 */
@NullMarked
package io.retort.jobs.registry;

import org.jspecify.annotations.NullMarked;

/**
 * Files of a workspace, wherever it is: a local path or any file system that Hadoop knows.
 *
 * <p>The package exists so that every stage writes the same way, under a temporary name, synced and renamed, and reads
 * with a bound. Nothing else in the modules below jobs speaks to Hadoop's FileSystem.
 */
@NullMarked
package io.retort.datasets.storage;

import org.jspecify.annotations.NullMarked;

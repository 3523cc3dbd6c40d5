/** Bundles on a file system: the only part of the runtime, besides the command line, that knows of files. */
@NullMarked
package io.retort.inference.files;

import org.jspecify.annotations.NullMarked;

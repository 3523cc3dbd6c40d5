/** The whole way from a configuration to a bundle, stage after stage, each of which is also a command of its own. */
@NullMarked
package io.retort.jobs.generate;

import org.jspecify.annotations.NullMarked;

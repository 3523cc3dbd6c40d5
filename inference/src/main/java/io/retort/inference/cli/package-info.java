/** The command line of the runtime's own jar: {@code java -jar retort-inference.jar infer|verify|info}. The only part that prints. */
@NullMarked
package io.retort.inference.cli;

import org.jspecify.annotations.NullMarked;

/** What an expert still finds in a prompt, by the prompt's length and by where in it the fact stands that is asked for. */
@NullMarked
package io.retort.eval.recall;

import org.jspecify.annotations.NullMarked;

/** What many clients at once get of a server of a bundle: how many answers, how late, and what the process takes of memory. */
@NullMarked
package io.retort.bench.serving;

import org.jspecify.annotations.NullMarked;

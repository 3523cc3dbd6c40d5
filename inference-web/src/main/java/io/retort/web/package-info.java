/** What JavaScript sees of the runtime: the few functions that the npm package wraps. */
@NullMarked
package io.retort.web;

import org.jspecify.annotations.NullMarked;

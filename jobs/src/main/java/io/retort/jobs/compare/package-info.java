/** Two finished reports on one page, a challenger against the champion. */
@NullMarked
package io.retort.jobs.compare;

import org.jspecify.annotations.NullMarked;

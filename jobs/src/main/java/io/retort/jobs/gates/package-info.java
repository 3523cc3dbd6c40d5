/** Gates over finished reports, which are found by themselves or by the bundle that was made of them. */
@NullMarked
package io.retort.jobs.gates;

import org.jspecify.annotations.NullMarked;

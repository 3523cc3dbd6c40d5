/** From experts and a held-back split to a router: what each expert loses on each document tells who should answer. */
@NullMarked
package io.retort.jobs.route;

import org.jspecify.annotations.NullMarked;

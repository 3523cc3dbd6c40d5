/** Who made what from what, when and where: the record every run leaves in {@code runs/<id>}, and its events. */
@NullMarked
package io.retort.jobs.provenance;

import org.jspecify.annotations.NullMarked;

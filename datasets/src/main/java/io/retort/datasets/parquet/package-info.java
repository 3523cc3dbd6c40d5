/** What Parquet's own library leaves open: files in memory, and footers that are the same in every process. */
@NullMarked
package io.retort.datasets.parquet;

import org.jspecify.annotations.NullMarked;

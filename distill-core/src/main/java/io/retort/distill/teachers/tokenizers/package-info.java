/** Tokenizers that need a native library, behind the interface of {@code io.retort.datasets.tokenizers}. */
@NullMarked
package io.retort.distill.teachers.tokenizers;

import org.jspecify.annotations.NullMarked;

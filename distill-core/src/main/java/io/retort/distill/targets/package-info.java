/**
 * Byte targets as documents to learn from: what the dataset says of next bytes becomes what the teacher expects of a
 * student's symbols.
 */
@NullMarked
package io.retort.distill.targets;

import org.jspecify.annotations.NullMarked;

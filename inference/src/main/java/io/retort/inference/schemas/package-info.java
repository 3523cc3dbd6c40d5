/**
 * A subset of JSON Schema that can be held to byte by byte: schemas are read strictly, values are checked against them, and
 * answers are written under them.
 */
@NullMarked
package io.retort.inference.schemas;

import org.jspecify.annotations.NullMarked;

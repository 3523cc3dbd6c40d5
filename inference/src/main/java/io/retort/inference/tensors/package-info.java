/** Weights at rest: the safetensors format, read so that a hostile file ends in one typed error before anything large is allocated. */
@NullMarked
package io.retort.inference.tensors;

import org.jspecify.annotations.NullMarked;

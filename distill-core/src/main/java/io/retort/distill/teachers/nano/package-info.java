/**
 * The embedded teacher's architecture: Kimi-K2's (that is, DeepSeek-V3's) at any size, computed with DJL's PyTorch
 * engine. Config, weights and forward pass follow the Hugging Face checkpoints by name, so that a directory written here
 * opens there and the other way round. The equations are those of the DeepSeek-V3 technical report (arXiv 2412.19437),
 * sections 2.1.1 (multi-head latent attention) and 2.1.2 (experts and their balancing).
 */
@NullMarked
package io.retort.distill.teachers.nano;

import org.jspecify.annotations.NullMarked;

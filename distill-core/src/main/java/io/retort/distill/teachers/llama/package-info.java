/**
 * The Llama architecture as transformers stores it: grouped-query attention with rotary position, a gated network and
 * RMSNorm ("Llama 2: Open Foundation and Fine-Tuned Chat Models", arXiv 2307.09288, section 2.2; the names and the order
 * of rotated channels are those of transformers' LlamaForCausalLM).
 */
@NullMarked
package io.retort.distill.teachers.llama;

import org.jspecify.annotations.NullMarked;

/**
 * Models that were exported whole: TorchScript and ONNX. The engine of each computes logits of ids; what is around them
 * (passes, batches, texts) is that of every other teacher. A probe finds before work starts what an export does wrong.
 */
@NullMarked
package io.retort.distill.teachers.exported;

import org.jspecify.annotations.NullMarked;

/**
 * Checkpoint directories as Hugging Face writes them, read without ever holding one: {@link
 * io.retort.distill.teachers.checkpoints.CheckpointFiles} reads what the weights' files say of themselves and gives each
 * tensor as rows of 32-bit floats, decoded slice by slice from wherever its bytes lie.
 *
 * <p>The package exists so that a model larger than memory can be looked at, and one that fits is loaded with each weight
 * in memory once. It knows files and numbers, no architecture.
 */
@NullMarked
package io.retort.distill.teachers.checkpoints;

import org.jspecify.annotations.NullMarked;

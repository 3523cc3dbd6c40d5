package io.retort.distill.teachers.checkpoints;

/** How a checkpoint stores the weights of a tensor. */
public enum WeightEncoding {
    /** 32-bit floats. */
    F32,
    /** IEEE 754 binary16. */
    F16,
    /** The upper half of a 32-bit float. */
    BF16,
    /** 8-bit floats E4M3 with a scale for each block of 128 by 128. */
    F8_BLOCKS,
    /** 4-bit integers with a scale for each 32 of a row, as compressed-tensors packs them. */
    INT4_GROUPS,
    /** Anything else: it can be listed, not read. */
    OTHER
}

package io.retort.distill.analysis;

import java.io.Serializable;

/**
 * One expert's weights in figures. The sketch is shared and must not be changed.
 *
 * @param layer its layer
 * @param expert its number
 * @param gate of the gate's matrix
 * @param up of the other input matrix
 * @param down of the output matrix
 * @param sketch stands for all three, flattened in this order, when experts are compared
 */
public record ExpertFigures(
        int layer, int expert, MatrixFigures gate, MatrixFigures up, MatrixFigures down, float[] sketch)
        implements Serializable {}

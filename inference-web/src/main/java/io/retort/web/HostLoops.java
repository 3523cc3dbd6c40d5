package io.retort.web;

import org.teavm.jso.JSByRef;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Float32Array;

/**
 * The loops of {@code lib/kernels.js}, which are WebAssembly. Each computes what the method of {@link
 * io.retort.inference.kernels.Kernels} of its name does, or returns false, and -1 in place of a sum, where it has no room.
 */
interface HostLoops extends JSObject {
    /** Where an array is that does not change, copied first where it is elsewhere; 0 where there is no room. */
    int place(@JSByRef float[] constant);

    /** Where an array of {@link #floats} is; 0 for any other. */
    int find(@JSByRef float[] values);

    /** Floats of any content. */
    Float32Array floats(int length);

    /** A matrix's rows begin at an address and have a stride in floats. */
    boolean multiply(
            int matrix,
            int stride,
            @JSByRef float[] in,
            int from,
            int inStride,
            @JSByRef float[] out,
            int to,
            int outStride,
            int rows,
            int inputs,
            int outputs,
            int add);

    boolean mix(
            int matrix,
            int stride,
            @JSByRef float[] in,
            int from,
            int inStride,
            @JSByRef float[] out,
            int to,
            int outStride,
            int rows,
            int inputs,
            int outputs);

    boolean convolve(
            int weights,
            int weightStride,
            @JSByRef float[] window,
            int from,
            int stride,
            @JSByRef float[] out,
            int to,
            int outStride,
            int rows,
            int shifts,
            int channels);

    boolean sigmoid(@JSByRef float[] values, int from, int count);

    float exponentials(@JSByRef float[] values, int from, int count, float shift);
}

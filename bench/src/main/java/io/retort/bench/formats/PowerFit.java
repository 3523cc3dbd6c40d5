package io.retort.bench.formats;

import java.util.function.DoubleUnaryOperator;

/**
 * Least squares of values at t = 0, 1, … on given functions of t, by QR with the columns scaled to length 1, in double
 * precision; coefficients are kept as floats.
 */
final class PowerFit {
    private final double[][] basis;
    private final double[][] orthonormal;
    private final double[][] upper;

    /**
     * A fit of {@code count} values.
     *
     * @param functions linearly independent over 0, 1, …, count − 1; fewer than {@code count}
     */
    PowerFit(int count, DoubleUnaryOperator... functions) {
        int terms = functions.length;
        basis = new double[terms][count];
        orthonormal = new double[terms][];
        upper = new double[terms][terms];
        for (int term = 0; term < terms; term++) {
            for (int t = 0; t < count; t++) {
                basis[term][t] = functions[term].applyAsDouble(t);
            }
            double[] column = basis[term].clone();
            // Twice is enough for orthogonality to rounding (Giraud et al., 2005).
            for (int pass = 0; pass < 2; pass++) {
                for (int before = 0; before < term; before++) {
                    double product = dot(orthonormal[before], column);
                    upper[before][term] += product;
                    for (int t = 0; t < count; t++) {
                        column[t] -= product * orthonormal[before][t];
                    }
                }
            }
            upper[term][term] = Math.sqrt(dot(column, column));
            for (int t = 0; t < count; t++) {
                column[t] /= upper[term][term];
            }
            orthonormal[term] = column;
        }
    }

    /** The coefficients of the functions. */
    float[] coefficients(double[] values) {
        int terms = basis.length;
        double[] solution = new double[terms];
        for (int term = terms - 1; term >= 0; term--) {
            double right = dot(orthonormal[term], values);
            for (int after = term + 1; after < terms; after++) {
                right -= upper[term][after] * solution[after];
            }
            solution[term] = right / upper[term][term];
        }
        float[] rounded = new float[terms];
        for (int term = 0; term < terms; term++) {
            rounded[term] = (float) solution[term];
        }
        return rounded;
    }

    /** The values that coefficients stand for. */
    double[] values(float[] coefficients) {
        double[] values = new double[basis[0].length];
        for (int term = 0; term < coefficients.length; term++) {
            for (int t = 0; t < values.length; t++) {
                values[t] += coefficients[term] * basis[term][t];
            }
        }
        return values;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}

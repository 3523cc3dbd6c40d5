package io.retort.distill.routing;

import io.retort.inference.routing.PromptFeatures;

/** The features of a prompt that are not zero: {@code buckets} and {@code values}, equally long. */
record SparseFeatures(int[] buckets, float[] values) {
    static SparseFeatures of(PromptFeatures features, byte[] prompt) {
        float[] dense = features.of(prompt);
        int present = 0;
        for (float value : dense) {
            present += value != 0 ? 1 : 0;
        }
        int[] buckets = new int[present];
        float[] values = new float[present];
        int at = 0;
        for (int i = 0; i < dense.length; i++) {
            if (dense[i] != 0) {
                buckets[at] = i;
                values[at++] = dense[i];
            }
        }
        return new SparseFeatures(buckets, values);
    }
}

package io.retort.distill.analysis;

import java.io.Serializable;

/**
 * What one expert was given on a document's tokens that chose it. The array is shared and must not be changed.
 *
 * @param documentId the document
 * @param rows how many tokens
 * @param values {@code [rows, model]}
 */
public record ExpertInputs(String documentId, int rows, float[] values) implements Serializable {}

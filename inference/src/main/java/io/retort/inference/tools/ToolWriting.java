package io.retort.inference.tools;

import io.retort.inference.scoring.GenerationOptions;

/**
 * What is to be written next.
 *
 * @param text that is gone on with; not copied
 * @param options with the constraint that calls and answers keep to
 */
public record ToolWriting(byte[] text, GenerationOptions options) {}

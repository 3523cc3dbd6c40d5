package io.retort.inference.tools;

/**
 * A call that was made.
 *
 * @param call as the model wrote it
 * @param result as the model was shown it: JSON of at most as many bytes as the options say
 */
public record ToolRound(ToolStep.Call call, String result) {}

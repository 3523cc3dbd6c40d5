package io.retort.inference.tools;

/** Who decides whether a tool is called. */
public enum ToolChoice {
    /** The model, by how it begins. */
    MODEL,
    /** The first thing that the model writes is a call; from then on it decides. */
    CALL_FIRST
}

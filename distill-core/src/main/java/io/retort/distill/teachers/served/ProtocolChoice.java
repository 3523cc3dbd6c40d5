package io.retort.distill.teachers.served;

/** The kinds of servers, as settings name them. */
public enum ProtocolChoice {
    /** Ask the server. */
    AUTO,
    /** vLLM's OpenAI-compatible server. */
    VLLM,
    /** SGLang's native API. */
    SGLANG,
    /** llama.cpp's own server. */
    LLAMA_CPP,
    /** Any other server with OpenAI's completions. */
    OPENAI
}

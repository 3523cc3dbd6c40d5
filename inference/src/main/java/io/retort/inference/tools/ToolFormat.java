package io.retort.inference.tools;

import java.util.List;

/**
 * How tools, requests, calls and results stand in the text that a model reads and writes.
 *
 * @param declarations how the tools are declared, each on a line, at the start
 * @param beforeRequest in front of the user's request
 * @param afterRequest behind it; the model goes on from there
 * @param beforeCall what the model writes in front of a call's JSON
 * @param afterCall what is put behind it
 * @param beforeResult what is put in front of a result's JSON
 * @param afterResult what is put behind it; the model goes on from there
 */
public record ToolFormat(
        Declarations declarations,
        String beforeRequest,
        String afterRequest,
        String beforeCall,
        String afterCall,
        String beforeResult,
        String afterResult) {
    /**
     * What experts of the tool-use suite are trained on. The suite ends with the call; how a result is written is a choice of
     * this format that no expert has been trained on.
     */
    public static final ToolFormat SUITE =
            new ToolFormat(Declarations.SIGNATURES, "User: ", "\n", "", "\n", "Result: ", "\n");

    /** How a tool is declared. */
    public enum Declarations {
        /** {@code convert(amount: integer, currency?: euro|yen)}; what a type bounds further is not said. */
        SIGNATURES {
            @Override
            String line(ToolDeclaration tool) {
                return Signatures.of(tool);
            }
        },
        /** Not at all: the preamble says it. */
        NONE {
            @Override
            String line(ToolDeclaration tool) {
                return "";
            }
        };

        abstract String line(ToolDeclaration tool);
    }

    /** The text in front of the first call or answer. */
    String opening(List<ToolDeclaration> tools, String preamble, String request) {
        StringBuilder text = new StringBuilder(preamble);
        for (ToolDeclaration tool : tools) {
            String line = declarations.line(tool);
            text.append(line).append(line.isEmpty() ? "" : "\n");
        }
        return text.append(beforeRequest).append(request).append(afterRequest).toString();
    }

    /** What a call and its result add to the text. */
    String round(String call, String result) {
        return beforeCall + call + afterCall + beforeResult + result + afterResult;
    }
}

package io.retort.distill.continuations;

import io.retort.distill.continuations.Written.End;
import io.retort.distill.teachers.served.ChatAnswer;
import io.retort.distill.teachers.served.ChatServer;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A chat model as author: a prompt is a message to it.
 *
 * @param server not closed by this
 * @param textInstruction in front of the head of a text
 */
public record ChatAuthor(ChatServer server, String textInstruction) implements Author {
    @Override
    public List<Written> write(List<Prompt> prompts, long[] seeds, Sampling sampling, GenerationLimits limits) {
        List<String> messages = prompts.stream()
                .map(prompt -> prompt.isHead() ? textInstruction + prompt.text() : prompt.text())
                .toList();
        return server.answers(messages, seeds, sampling, limits).stream()
                .map(ChatAuthor::written)
                .toList();
    }

    private static Written written(ChatAnswer answer) {
        End end = switch (answer.end()) {
            case FINISHED -> End.FINISHED;
            case CUT -> End.CUT;
            case REFUSED -> End.REFUSED;
        };
        return new Written(answer.text().getBytes(StandardCharsets.UTF_8), end);
    }
}

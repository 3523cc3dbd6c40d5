package io.retort.distill.continuations;

import io.retort.distill.teachers.DrawnText;
import io.retort.distill.teachers.served.ChatServer;
import io.retort.inference.scoring.GenerationLimits;
import io.retort.inference.scoring.Sampling;
import java.util.List;

/**
 * A chat model as author: a prompt is a message to it.
 *
 * @param server not closed by this
 * @param textInstruction in front of the head of a text
 */
public record ChatAuthor(ChatServer server, String textInstruction) implements Author {
    @Override
    public List<DrawnText> write(List<Prompt> prompts, long[] seeds, Sampling sampling, GenerationLimits limits) {
        List<String> messages = prompts.stream()
                .map(prompt -> prompt.kind() == Prompt.Kind.HEAD ? textInstruction + prompt.text() : prompt.text())
                .toList();
        return server.answers(messages, seeds, sampling, limits);
    }
}

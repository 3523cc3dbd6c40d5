package io.retort.inference.tools.blocking;

import io.retort.inference.conversations.DroppedTurn;
import io.retort.inference.tools.ToolRound;
import io.retort.inference.tools.ToolStep;
import java.util.List;

/**
 * How a request was answered.
 *
 * @param end an answer, or a call that was cut
 * @param rounds of calls in order
 * @param dropped the rounds that the model did not see, or not whole, when it wrote the end
 */
public record ToolRun(ToolStep end, List<ToolRound> rounds, List<DroppedTurn> dropped) {
    public ToolRun {
        rounds = List.copyOf(rounds);
        dropped = List.copyOf(dropped);
    }
}

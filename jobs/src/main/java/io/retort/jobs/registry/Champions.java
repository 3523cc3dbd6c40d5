package io.retort.jobs.registry;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The champions that a model had, by its audit log. */
final class Champions {
    private Champions() {}

    /**
     * The version to go back to: each rollback takes away the latest champion, so that a second one goes back further.
     *
     * @throws IllegalArgumentException if there is no champion, or none before it
     */
    static int before(List<AliasMove> moves, int champion, String model) {
        if (champion == AliasMove.NONE) {
            throw new IllegalArgumentException(
                    "expected a champion of " + model + " to roll back, found none; retort promote makes one");
        }
        Deque<Integer> champions = new ArrayDeque<>();
        for (AliasMove move : moves) {
            if (!move.alias().equals(Alias.CHAMPION)) {
                continue;
            }
            if (move.reason() == MoveReason.ROLLED_BACK && champions.size() > 1) {
                champions.pop();
            } else if (move.to() != AliasMove.NONE) {
                champions.push(move.to());
            }
        }
        // Where others moved the alias since the last record, all that the log has was before.
        if (!champions.isEmpty() && champions.peek() == champion) {
            champions.pop();
        }
        if (champions.isEmpty()) {
            throw new IllegalArgumentException("expected a champion of " + model + " before version " + champion
                    + " in the audit log, found none to go back to");
        }
        return champions.peek();
    }
}

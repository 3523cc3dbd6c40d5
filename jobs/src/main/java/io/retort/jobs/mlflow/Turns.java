package io.retort.jobs.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.jobs.progress.Progress;
import io.retort.jobs.provenance.Host;
import io.retort.jobs.registry.AliasMove;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Turns at moving an alias, of all workspaces that share a server. MLflow moves an alias without asking where it was, but takes
 * a parameter of a run once: of many who claim the next turn, one has it. Turns are parameters of the run of the model's first
 * version. Who has one ends it when the alias is moved; one that nobody ends, because its holder was killed, is given up by the
 * next, who has waited for it.
 *
 * @param server the registry
 * @param longest how long a turn is waited for; its holder begins to move nothing later than half of it
 */
record Turns(MlflowServer server, Duration longest, Progress progress) {
    private static final String PREFIX = "retort.turn.";
    private static final String ENDED = ".ended";
    /** Half of a turn, one call, and one more to have some room. */
    private static final int CALLS = 4;

    private static final Duration LOOK = Duration.ofMillis(250);

    /**
     * A turn.
     *
     * @param run whose parameter it is
     * @param key the parameter
     * @param began by this process' clock
     */
    record Turn(String run, String key, long began) {}

    /** Turns that are longer than the calls in them, at the longest that each may take. */
    static Turns of(MlflowServer server, Duration patience, Progress progress) {
        return new Turns(server, patience.multipliedBy(CALLS), progress);
    }

    /** Takes the next turn; waits until those before are over. */
    Turn take(String run, AliasMove move) throws IOException, InterruptedException {
        String claim = claim(move);
        while (true) {
            SortedMap<String, String> turns = turns(run, move.alias());
            int last = (int)
                    turns.keySet().stream().filter(key -> !key.endsWith(ENDED)).count();
            if (last > 0 && !turns.containsKey(key(move.alias(), last) + ENDED)) {
                await(run, move.alias(), last, turns.getOrDefault(key(move.alias(), last), "{}"));
            }
            Turn next = new Turn(run, key(move.alias(), last + 1), System.nanoTime());
            if (wrote(run, next.key(), claim)) {
                return next;
            }
        }
    }

    private static String claim(AliasMove move) {
        return Json.line(new TreeMap<>(Map.of(
                "claim",
                UUID.randomUUID().toString(),
                "user",
                move.user(),
                "host",
                Host.current().name(),
                "from",
                move.from(),
                "to",
                move.to(),
                "time",
                move.time().toString())));
    }

    private void await(String run, String alias, int number, String claim) throws IOException, InterruptedException {
        String ended = key(alias, number) + ENDED;
        long begun = System.nanoTime();
        JsonNode holder = Json.parse(claim, JsonNode.class);
        String who = holder.path("user").asText() + "@" + holder.path("host").asText();
        progress.note("waiting up to " + longest.toSeconds() + " s for a run of " + who + " that moves " + alias
                + " since " + holder.path("time").asText());
        while (System.nanoTime() - begun < longest.toNanos()) {
            Thread.sleep(LOOK.toMillis());
            if (turns(run, alias).containsKey(ended)) {
                return;
            }
        }
        // Where it was ended in the last moment, that stands.
        if (wrote(run, ended, "given up by " + Host.current().name() + " " + UUID.randomUUID())) {
            progress.note("that run has not moved " + alias + " in time; its turn is given up");
        }
    }

    /** Whether there is so much left of a turn that nobody will have given it up before a call is over. */
    boolean lasts(Turn turn) {
        return System.nanoTime() - turn.began() < longest.dividedBy(2).toNanos();
    }

    /** Ends a turn, and returns whether nobody has given it up before. */
    boolean end(Turn turn, String outcome) throws IOException, InterruptedException {
        return wrote(turn.run(), turn.key() + ENDED, outcome);
    }

    private static String key(String alias, int number) {
        return PREFIX + alias + String.format(Locale.ROOT, ".%06d", number);
    }

    private SortedMap<String, String> turns(String run, String alias) throws IOException, InterruptedException {
        SortedMap<String, String> turns = params(run);
        turns.keySet().removeIf(key -> !key.startsWith(PREFIX + alias + "."));
        return turns;
    }

    private SortedMap<String, String> params(String run) throws IOException, InterruptedException {
        return Experiments.values(server.get("runs/get", Map.of("run_id", run))
                .path("run")
                .path("data")
                .path("params"));
    }

    /** Writes a parameter that nobody has written, and returns whether it did. */
    private boolean wrote(String run, String key, String value) throws IOException, InterruptedException {
        try {
            server.post("runs/log-parameter", Map.of("run_id", run, "key", key, "value", value));
            return true;
        } catch (MlflowException e) {
            // A run that was deleted takes no parameters either.
            if (e.status() == 400 && params(run).containsKey(key)) {
                return false;
            }
            throw e;
        }
    }
}

package io.retort.jobs.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.distil.DistilJob;
import io.retort.jobs.provenance.RunRecord;
import io.retort.jobs.sessions.SparkWork;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the events of a run say of its cost.
 *
 * @param works what Spark did; none of a run that was killed, or is under way
 * @param experts directories of those that it trained
 * @param readable whether the events could be read
 */
record RecordedRun(List<SparkWork> works, Set<String> experts, boolean readable) {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedRun.class);
    private static final int LARGEST_EVENTS = 64 << 20;
    private static final String SPARK_EVENT = "spark";

    RecordedRun {
        works = List.copyOf(works);
        experts = Set.copyOf(experts);
    }

    /** The run in this directory. Events that cannot be read are no reason to lose an evaluation: they are said to be lost. */
    static RecordedRun read(Storage storage, Location run) {
        try {
            return parse(storage, run.resolve(RunRecord.EVENTS));
        } catch (IOException | InvalidDataException e) {
            LOG.warn("{}: its cost is not known, since its events cannot be read", run, e);
            return new RecordedRun(List.of(), Set.of(), false);
        }
    }

    private static RecordedRun parse(Storage storage, Location events) throws IOException {
        List<SparkWork> works = new ArrayList<>();
        Set<String> experts = new HashSet<>();
        if (storage.exists(events)) {
            String text = new String(storage.read(events, LARGEST_EVENTS), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                JsonNode event = Json.parse(line, JsonNode.class);
                switch (event.path("event").asText()) {
                    case SPARK_EVENT -> works.add(SparkWork.of(event.path("work")));
                    case DistilJob.TRAINING_EVENT ->
                        event.path("experts").forEach(expert -> experts.add(expert.asText()));
                    default -> {
                        // Of other things than cost.
                    }
                }
            }
        }
        return new RecordedRun(works, experts, true);
    }
}

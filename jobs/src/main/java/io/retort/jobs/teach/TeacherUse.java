package io.retort.jobs.teach;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a teacher was asked for to make datasets, by the costs beside their shards. They are there however the runs ended
 * that made them; what an attempt read of a shard that it did not finish nobody has written down.
 *
 * @param tokens that the teacher read, repeated context included
 * @param requests sequences that it was given
 * @param seconds of its forward passes
 */
public record TeacherUse(long tokens, long requests, double seconds) {
    /** Of these datasets; a shard that one has from another, with its cost, counts once. Damaged costs count as nothing. */
    public static TeacherUse of(Storage storage, List<TeachSpec> datasets) throws IOException {
        ShardCost sum = ShardCost.NONE;
        Set<String> counted = new HashSet<>();
        for (TeachSpec dataset : datasets) {
            DatasetFiles files = new DatasetFiles(dataset.workspace().logits(dataset.logitsId()));
            for (Location file : storage.list(files.costs())) {
                if (counted.add(file.name())) {
                    sum = sum.plus(ShardCost.read(storage, file));
                }
            }
        }
        return new TeacherUse(sum.teacherTokens(), sum.requests(), sum.phases().forward());
    }
}

package io.retort.distill.teachers.served;

import io.retort.datasets.corpus.Split;
import io.retort.datasets.logits.Chunk;
import io.retort.datasets.logits.ChunkOrigin;
import io.retort.datasets.logits.EncodedShard;
import io.retort.datasets.logits.LogitRowBuilder;
import io.retort.datasets.logits.LogitSettings;
import io.retort.datasets.logits.LogitShardWriter;
import io.retort.datasets.logits.RowOutcome;
import io.retort.datasets.logits.ShardKey;
import io.retort.datasets.logits.ShardOrigin;
import io.retort.distill.teachers.RowVisitor;
import io.retort.distill.teachers.Teacher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The shard that a teacher makes of some sequences, as the job makes it. */
final class ShardDigest {
    private final LogitSettings settings;
    private final List<Chunk> chunks = new ArrayList<>();

    ShardDigest(LogitSettings settings, List<int[]> sequences) {
        this.settings = settings;
        for (int i = 0; i < sequences.size(); i++) {
            ChunkOrigin origin = new ChunkOrigin("document-" + i, 0, "stories", Split.TRAIN, "e".repeat(64), 0);
            chunks.add(new Chunk(origin, sequences.get(i), 0, offsets(sequences.get(i).length)));
        }
    }

    private static int[] offsets(int length) {
        int[] offsets = new int[length];
        Arrays.setAll(offsets, i -> i);
        return offsets;
    }

    List<RowOutcome> rows(Teacher teacher) {
        List<LogitRowBuilder> builders = chunks.stream()
                .map(chunk -> new LogitRowBuilder(chunk, settings))
                .toList();
        teacher.score(chunks.stream().map(Chunk::ids).toList(), new RowVisitor(builders));
        return builders.stream().map(LogitRowBuilder::finish).toList();
    }

    EncodedShard shard(Teacher teacher) {
        ShardOrigin origin = new ShardOrigin(
                teacher.description().digest(), teacher.tokenizer().digest(), settings);
        LogitShardWriter writer = new LogitShardWriter(ShardKey.of(chunks, origin), origin);
        for (RowOutcome outcome : rows(teacher)) {
            if (outcome instanceof RowOutcome.Scored scored) {
                writer.add(scored.row());
            } else if (outcome instanceof RowOutcome.Quarantined quarantined) {
                writer.count(quarantined.row());
            }
        }
        return writer.finish();
    }
}

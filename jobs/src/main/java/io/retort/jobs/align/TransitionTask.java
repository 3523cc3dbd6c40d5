package io.retort.jobs.align;

import io.retort.datasets.logits.LogitRow;
import io.retort.datasets.logits.LogitShardReader;
import io.retort.datasets.logits.TokenTransitions;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.datasets.tokenizers.Tokenizer;
import io.retort.jobs.teachers.TeacherSource;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;

/** The task of the first pass: sums over the rows of some shards what follows each token, as bytes. */
record TransitionTask(StorageSettings storageSettings, Location logits, TeacherSource teacher)
        implements FlatMapFunction<Iterator<String>, byte[]> {
    static final int LARGEST_SHARD = Integer.MAX_VALUE - 8;

    @Override
    public Iterator<byte[]> call(Iterator<String> shards) throws IOException {
        Tokenizer tokenizer = teacher.tokenizer();
        Storage storage = storageSettings.open();
        TokenTransitions transitions = new TokenTransitions(tokenizer.vocabularySize(), tokenizer.bos());
        while (shards.hasNext()) {
            Location file = logits.resolve(shards.next());
            try (LogitShardReader reader = LogitShardReader.open(storage.read(file, LARGEST_SHARD), file.value())) {
                for (Optional<LogitRow> row = reader.next(); row.isPresent(); row = reader.next()) {
                    transitions.add(row.get());
                }
            }
        }
        return List.of(transitions.toBytes()).iterator();
    }
}

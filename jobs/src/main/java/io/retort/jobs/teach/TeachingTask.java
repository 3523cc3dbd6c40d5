package io.retort.jobs.teach;

import io.retort.datasets.logits.ShardOrigin;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.teachers.Teacher;
import io.retort.jobs.corpora.DocumentShard;
import io.retort.jobs.corpora.ShardReader;
import io.retort.jobs.teachers.TeacherSource;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;

/** The task that makes shards. All tasks of a process share one teacher. */
record TeachingTask(
        StorageSettings storageSettings,
        Place place,
        TeacherSource source,
        TeachOptions options,
        TeachingCounters counters)
        implements FlatMapFunction<Iterator<TeachingTask.Order>, ShardResult> {

    /**
     * Where to read and write.
     *
     * @param elsewhere files of other datasets that hold shards of this one, by path within the dataset
     */
    record Place(Location corpus, DatasetFiles dataset, Map<String, Location> elsewhere) implements Serializable {}

    /**
     * A shard to make.
     *
     * @param documents where its documents are
     * @param source what it is made from
     */
    record Order(DocumentShard documents, String source) implements Serializable {}

    @Override
    public Iterator<ShardResult> call(Iterator<Order> orders) throws IOException {
        if (!orders.hasNext()) {
            return List.<ShardResult>of().iterator();
        }
        Storage storage = storageSettings.open();
        ShardTeaching teaching = teaching(storage, scoring());
        List<ShardResult> results = new ArrayList<>();
        try (ShardReader reader = new ShardReader(storage, place.corpus())) {
            while (orders.hasNext()) {
                Order order = orders.next();
                DocumentShard shard = order.documents();
                ShardResult result = teaching.teach(shard.domain(), order.source(), reader.read(shard));
                counters.add(result);
                results.add(result);
            }
        }
        return results.iterator();
    }

    /** The same orders, checked in place of made. */
    FlatMapFunction<Iterator<Order>, ShardAudit.Audited> audit() {
        return this::audit;
    }

    private Iterator<ShardAudit.Audited> audit(Iterator<Order> orders) throws IOException {
        if (!orders.hasNext()) {
            return List.<ShardAudit.Audited>of().iterator();
        }
        Storage storage = storageSettings.open();
        ShardScoring scoring = scoring();
        ShardAudit audit = new ShardAudit(storage, place.dataset(), scoring, teaching(storage, scoring));
        List<ShardAudit.Audited> audited = new ArrayList<>();
        try (ShardReader reader = new ShardReader(storage, place.corpus())) {
            while (orders.hasNext()) {
                Order order = orders.next();
                DocumentShard shard = order.documents();
                audited.add(audit.audit(shard.domain(), order.source(), reader.read(shard)));
            }
        }
        return audited.iterator();
    }

    private ShardScoring scoring() {
        Teacher teacher = source.shared();
        ShardOrigin origin = new ShardOrigin(
                teacher.description().digest(), teacher.tokenizer().digest(), options.logitSettings());
        return new ShardScoring(teacher, origin);
    }

    private ShardTeaching teaching(Storage storage, ShardScoring scoring) {
        return new ShardTeaching(storage, place.dataset(), scoring, place.elsewhere());
    }
}

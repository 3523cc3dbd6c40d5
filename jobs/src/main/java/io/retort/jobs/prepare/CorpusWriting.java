package io.retort.jobs.prepare;

import io.retort.datasets.corpus.CorpusFile;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.DocumentFileWriter;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.workspaces.Json;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The task that writes the files of a corpus: rows come sorted by file, and each file's rows in its order. */
record CorpusWriting(StorageSettings storageSettings, Location corpus) implements MapPartitionsFunction<Row, String> {
    @Override
    public Iterator<String> call(Iterator<Row> rows) throws IOException {
        Storage storage = storageSettings.open();
        List<String> files = new ArrayList<>();
        @Nullable FileKey current = null;
        @Nullable DocumentFileWriter writer = null;
        try {
            while (rows.hasNext()) {
                Row row = rows.next();
                Document document = CandidateRows.document(row);
                FileKey key = FileKey.of(row);
                if (writer == null || !key.equals(current)) {
                    if (writer != null) {
                        files.add(Json.line(writer.finish()));
                    }
                    writer = new DocumentFileWriter(storage, corpus, key.domain(), key.split(), key.index());
                    current = key;
                }
                writer.write(document);
            }
            if (writer != null) {
                files.add(Json.line(writer.finish()));
            }
        } finally {
            if (writer != null) {
                writer.close();
            }
        }
        return files.iterator();
    }

    static CorpusFile parse(String json) {
        return Json.parse(json, CorpusFile.class);
    }

    private record FileKey(String domain, Split split, int index) {
        static FileKey of(Row row) {
            return new FileKey(
                    row.getAs(CandidateRows.DOMAIN),
                    Split.labelled(row.getAs(CandidateRows.SPLIT)),
                    Math.toIntExact(row.<Long>getAs(CandidateRows.FILE)));
        }
    }
}

package io.retort.jobs.corpora;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.DocumentFileReader;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads shards; those that follow each other in a file are read in one go. Not safe for use by many threads.
 */
public final class ShardReader implements Closeable {
    private final Storage storage;
    private final Location corpus;
    private String path = "";
    private long position;
    private @Nullable DocumentFileReader reader;

    public ShardReader(Storage storage, Location corpus) {
        this.storage = storage;
        this.corpus = corpus;
    }

    /**
     * The documents of a shard, in order.
     *
     * @throws InvalidDataException if a file has fewer documents than the shard was made for
     */
    public List<Document> read(DocumentShard shard) throws IOException {
        List<Document> documents = new ArrayList<>();
        for (DocumentShard.Part part : shard.parts()) {
            DocumentFileReader open = at(part);
            for (long i = 0; i < part.count(); i++) {
                documents.add(next(open));
            }
        }
        return documents;
    }

    private DocumentFileReader at(DocumentShard.Part part) throws IOException {
        if (reader == null || !path.equals(part.path()) || position > part.from()) {
            close();
            path = part.path();
            position = 0;
            reader = new DocumentFileReader(storage, corpus.resolve(path));
        }
        DocumentFileReader open = reader;
        while (position < part.from()) {
            next(open);
        }
        return open;
    }

    private Document next(DocumentFileReader open) throws IOException {
        Document document = open.next()
                .orElseThrow(() -> new InvalidDataException("expected more than " + position + " documents in "
                        + corpus.resolve(path) + ", as its manifest says"));
        position++;
        return document;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}

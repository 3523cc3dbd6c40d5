package io.retort.datasets.corpus;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.ParquetRows;
import io.retort.datasets.storage.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.Type;

/**
 * Reads the documents of a file that {@link DocumentFileWriter} wrote, in its order, and checks each against its id. Not
 * safe for use by many threads.
 */
public final class DocumentFileReader implements Closeable {
    private final ParquetRows rows;

    public DocumentFileReader(Storage storage, Location file) throws IOException {
        rows = new ParquetRows(storage, file);
    }

    /** All documents of a file. */
    public static List<Document> readAll(Storage storage, Location file) throws IOException {
        List<Document> documents = new ArrayList<>();
        try (DocumentFileReader reader = new DocumentFileReader(storage, file)) {
            for (Optional<Document> next = reader.next(); next.isPresent(); next = reader.next()) {
                documents.add(next.get());
            }
        }
        return documents;
    }

    /**
     * The next document, empty after the last.
     *
     * @throws InvalidDataException if the file is damaged or holds something else
     */
    public Optional<Document> next() throws IOException {
        return rows.next().map(this::document);
    }

    private Document document(Group row) {
        try {
            Document document = new Document(
                    text(row, DocumentSchema.DOCUMENT_ID),
                    text(row, DocumentSchema.DOMAIN),
                    text(row, DocumentSchema.TASK),
                    Split.labelled(text(row, DocumentSchema.SPLIT)),
                    text(row, DocumentSchema.PROMPT),
                    text(row, DocumentSchema.ANSWER),
                    choices(row));
            String id = Document.contentId(document.domain(), document.task(), document.prompt(), document.answer());
            if (!id.equals(document.id())) {
                throw new IllegalArgumentException(
                        "expected the id of the content, " + id + ", found " + document.id());
            }
            return document;
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new InvalidDataException(e.getMessage() + " at " + rows.place(), e);
        }
    }

    private static String text(Group row, String column) {
        if (!row.getType().containsField(column) || row.getFieldRepetitionCount(column) != 1) {
            throw new IllegalArgumentException("expected a text in column " + column + ", found "
                    + row.getType().getFields().stream().map(Type::getName).toList());
        }
        return row.getString(column, 0);
    }

    /** The list's shape is that of the Parquet specification: a group with a repeated group of one element. */
    private static List<String> choices(Group row) {
        if (!row.getType().containsField(DocumentSchema.CHOICES)
                || row.getFieldRepetitionCount(DocumentSchema.CHOICES) == 0) {
            return List.of();
        }
        Group list = row.getGroup(DocumentSchema.CHOICES, 0);
        List<String> choices = new ArrayList<>();
        for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
            choices.add(list.getGroup(0, i).getString(0, 0));
        }
        return choices;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}

package io.retort.jobs.registry;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.inference.digests.Sha256;
import io.retort.jobs.workspaces.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The audit log of a model: a file a move, written once, each with the digest of the one before, so that a record which was
 * changed or removed is noticed. The last record of an alias says where it points.
 *
 * @param directory where its files are
 */
public record AliasLog(Storage storage, Location directory) {
    private static final int LARGEST = 4 << 20;
    private static final String FIRST = "";

    /**
     * A record.
     *
     * @param number from 1
     * @param previous SHA-256 of the file before, empty for the first
     * @param move what happened
     */
    record Entry(int number, String previous, AliasMove move) {}

    /**
     * All moves, the first first.
     *
     * @throws InvalidDataException if a record is missing or was changed
     */
    public List<AliasMove> moves() throws IOException {
        return read().stream().map(Entry::move).toList();
    }

    /** The version an alias points at by the log, 0 for none. */
    public int target(String alias) throws IOException {
        int target = AliasMove.NONE;
        for (AliasMove move : moves()) {
            if (move.alias().equals(alias)) {
                target = move.to();
            }
        }
        return target;
    }

    /** Adds a move. The caller sees to it that nobody else does. */
    public void append(AliasMove move) throws IOException {
        List<Entry> entries = read();
        int number = entries.size() + 1;
        String previous = entries.isEmpty() ? FIRST : storage.sha256(file(number - 1));
        Location file = file(number);
        storage.write(file, Json.pretty(new Entry(number, previous, move)).getBytes(StandardCharsets.UTF_8));
    }

    private Location file(int number) {
        return directory.resolve(String.format(Locale.ROOT, "%06d.json", number));
    }

    private List<Entry> read() throws IOException {
        List<Entry> entries = new ArrayList<>();
        String digest = FIRST;
        for (Location file : storage.list(directory)) {
            byte[] bytes = storage.read(file, LARGEST);
            Entry entry = Json.parse(new String(bytes, StandardCharsets.UTF_8), Entry.class);
            if (!file.equals(file(entries.size() + 1)) || entry.number() != entries.size() + 1) {
                throw new InvalidDataException("expected record " + (entries.size() + 1) + " of the audit log, found "
                        + file + ": a record is missing");
            }
            if (!entry.previous().equals(digest)) {
                throw new InvalidDataException("expected the record before " + file + " to have SHA-256 "
                        + entry.previous() + ", found " + digest + ": the audit log was changed");
            }
            entries.add(entry);
            digest = Sha256.hex(bytes);
        }
        return entries;
    }
}

package io.retort.jobs.leases;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.jobs.workspaces.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The file that stands for a lease: who makes it holds the lease. */
record LeaseFile(Storage storage, Location location) {
    private static final int LARGEST = 1 << 16;
    private static final String SIGN_OF_LIFE = ".alive";

    /** The file by which a holder of several leases says that it is there, in place of all of them. */
    static LeaseFile signOfLife(Storage storage, Location directory, Holder holder) {
        return new LeaseFile(storage, directory.resolve(holder.id() + SIGN_OF_LIFE));
    }

    /** Whether it is such a file. Who takes a lease of its holder removes it, so that the holder loses all of them. */
    boolean isSignOfLife() {
        return location.name().endsWith(SIGN_OF_LIFE);
    }

    boolean create(Holder holder) throws IOException {
        return storage.createNew(location, bytes(holder));
    }

    void replace(Holder holder) throws IOException {
        storage.write(location, bytes(holder));
    }

    void delete() throws IOException {
        storage.delete(location);
    }

    private static byte[] bytes(Holder holder) {
        return Json.line(holder).getBytes(StandardCharsets.UTF_8);
    }

    /** What stands in the file; nothing where there is none. */
    Optional<String> text() throws IOException {
        try {
            return Optional.of(new String(storage.read(location, LARGEST), StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Who holds it; nobody where there is no file, or one that was not written to its end. */
    Optional<Holder> holder() throws IOException {
        return text().flatMap(LeaseFile::parse);
    }

    static Optional<Holder> parse(String text) {
        try {
            return Optional.of(Json.parse(text, Holder.class));
        } catch (InvalidDataException e) {
            return Optional.empty();
        }
    }
}

package io.retort.jobs.mlflow;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.PendingFile;
import io.retort.datasets.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A report with its outcomes by document as one file, so that a version's figures can be checked anywhere. The same report
 * gives the same bytes. What is unpacked is bounded by these limits, whatever the file says of itself.
 *
 * @param mostFiles in the file
 * @param mostBytes of all files together, unpacked
 */
record ZippedReport(int mostFiles, long mostBytes) {
    /** The limits of reports that are published and fetched. */
    static final ZippedReport STANDARD = new ZippedReport(10_000, 4L << 30);

    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final String LAST = "results.json";
    private static final int BUFFER = 1 << 16;

    /** Writes the report's files into one. */
    void write(Storage storage, Location report, Path zipped) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(zipped))) {
            int files = 0;
            long bytes = 0;
            for (Location file : storage.everyFileBelow(report)) {
                if (file.name().startsWith(".")) {
                    continue;
                }
                bytes += storage.length(file);
                require(++files <= mostFiles && bytes <= mostBytes, report.value());
                ZipEntry entry =
                        new ZipEntry(file.value().substring(report.value().length() + 1));
                entry.setTimeLocal(EPOCH);
                zip.putNextEntry(entry);
                try (InputStream in = storage.open(file)) {
                    in.transferTo(zip);
                }
            }
        }
    }

    /**
     * Writes the files into a directory; {@code results.json}, which says that a report is whole, comes last.
     *
     * @throws InvalidDataException if there are more or larger ones than the limits, or names that lead elsewhere
     */
    void unpack(Path zipped, Storage storage, Location directory) throws IOException {
        Set<String> names = new HashSet<>();
        Path last = Files.createTempFile("retort-results", ".json");
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(zipped))) {
            long left = mostBytes;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                require(names.size() < mostFiles, name);
                if (!names.add(name)) {
                    throw new InvalidDataException("expected each file of a report once, found " + name + " again");
                }
                if (name.equals(LAST)) {
                    try (OutputStream out = Files.newOutputStream(last)) {
                        left -= copy(zip, out, left, name);
                    }
                } else {
                    left -= store(zip, storage, below(directory, name), left, name);
                }
            }
            if (!names.contains(LAST)) {
                throw new InvalidDataException("expected " + LAST + " in a zipped report, found none");
            }
            try (InputStream in = Files.newInputStream(last)) {
                store(in, storage, directory.resolve(LAST), mostBytes, LAST);
            }
        } catch (ZipException e) {
            throw new InvalidDataException("expected a zipped report, found: " + e.getMessage(), e);
        } finally {
            Files.delete(last);
        }
    }

    private static Location below(Location directory, String name) {
        try {
            return directory.resolve(name);
        } catch (IllegalArgumentException e) {
            throw new InvalidDataException("expected a file of a report: " + e.getMessage(), e);
        }
    }

    private long store(InputStream in, Storage storage, Location file, long left, String name) throws IOException {
        try (PendingFile pending = storage.create(file)) {
            long bytes;
            try (OutputStream out = pending.stream()) {
                bytes = copy(in, out, left, name);
            }
            pending.commit();
            return bytes;
        }
    }

    private long copy(InputStream in, OutputStream out, long left, String name) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            bytes += read;
            require(bytes <= left, name);
            out.write(buffer, 0, read);
        }
        return bytes;
    }

    private void require(boolean within, String where) {
        if (!within) {
            throw new InvalidDataException("expected a report of at most " + mostFiles + " files of " + mostBytes
                    + " bytes in all, found more: " + where);
        }
    }
}

package io.retort.jobs.mlflow;

import io.retort.datasets.InvalidDataException;
import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A report with its outcomes by document as one file, so that a version's figures can be checked anywhere. */
final class ZippedReport {
    private static final int LARGEST_FILE = 256 << 20;
    private static final int MOST_FILES = 100_000;
    private static final String LAST = "results.json";

    private ZippedReport() {}

    static byte[] of(Storage storage, Location report) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Location file : storage.everyFileBelow(report)) {
                if (!file.name().startsWith(".")) {
                    zip.putNextEntry(
                            new ZipEntry(file.value().substring(report.value().length() + 1)));
                    zip.write(storage.read(file, LARGEST_FILE));
                }
            }
        }
        return bytes.toByteArray();
    }

    /** Writes the files into a directory; {@code results.json}, which says that a report is whole, comes last. */
    static void unpack(byte[] zipped, Storage storage, Location directory) throws IOException {
        SortedMap<String, byte[]> last = new TreeMap<>();
        int files = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipped))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] bytes = zip.readNBytes(LARGEST_FILE);
                if (zip.read() >= 0 || ++files > MOST_FILES) {
                    throw new InvalidDataException("expected a report of at most " + MOST_FILES + " files of at most "
                            + LARGEST_FILE + " bytes, found more: " + entry.getName());
                }
                if (entry.getName().equals(LAST)) {
                    last.put(LAST, bytes);
                } else {
                    // Location refuses names that lead elsewhere.
                    storage.write(directory.resolve(entry.getName()), bytes);
                }
            }
        }
        for (byte[] bytes : last.values()) {
            storage.write(directory.resolve(LAST), bytes);
        }
    }
}

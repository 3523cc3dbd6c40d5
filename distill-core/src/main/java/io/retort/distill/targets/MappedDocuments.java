package io.retort.distill.targets;

import io.retort.datasets.bytes.ByteTargetFile;
import io.retort.datasets.bytes.ByteTargets;
import io.retort.distill.students.DocumentSource;
import io.retort.distill.students.TrainingDocument;
import io.retort.inference.alphabet.Alphabet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The documents of byte target files, one file after the other, read from their mappings when they are asked for; only
 * their lengths are kept in memory. Safe for use by many threads, {@link #close} aside.
 */
public final class MappedDocuments implements DocumentSource, AutoCloseable {
    private final List<ByteTargetFile> files;
    /** First document of each file, and the number of all: `[files + 1]`. */
    private final int[] firsts;

    private final int[] symbols;
    private final int[] promptSymbols;

    private MappedDocuments(List<ByteTargetFile> files) {
        this.files = files;
        firsts = new int[files.size() + 1];
        for (int f = 0; f < files.size(); f++) {
            firsts[f + 1] = Math.addExact(firsts[f], files.get(f).size());
        }
        symbols = new int[size()];
        promptSymbols = new int[size()];
        for (int i = 0; i < size(); i++) {
            ByteTargets targets = targets(i);
            symbols[i] = Alphabet.encodedLength(targets.text());
            promptSymbols[i] = Alphabet.encodedLength(Arrays.copyOf(targets.text(), targets.promptBytes()));
        }
    }

    /**
     * Maps local files.
     *
     * @throws io.retort.datasets.InvalidDataException if one of them is no byte target file
     */
    public static MappedDocuments open(List<Path> paths) throws IOException {
        List<ByteTargetFile> files = new ArrayList<>();
        try {
            for (Path path : paths) {
                files.add(ByteTargetFile.open(path));
            }
            return new MappedDocuments(List.copyOf(files));
        } catch (IOException | RuntimeException e) {
            files.forEach(ByteTargetFile::close);
            throw e;
        }
    }

    @Override
    public int size() {
        return firsts[files.size()];
    }

    @Override
    public int positions(int index) {
        return symbols[index] + 1;
    }

    @Override
    public int promptSymbols(int index) {
        return promptSymbols[index];
    }

    @Override
    public TrainingDocument document(int index) {
        ByteTargets targets = targets(index);
        return new TrainingDocument(Alphabet.encode(targets.text()), promptSymbols[index], SymbolTargets.of(targets));
    }

    private ByteTargets targets(int index) {
        int found = Arrays.binarySearch(firsts, index);
        int file = found >= 0 ? found : -found - 2;
        // Files without documents share their first with the next.
        while (firsts[file + 1] == index) {
            file++;
        }
        return files.get(file).at(index - firsts[file]);
    }

    @Override
    public void close() {
        files.forEach(ByteTargetFile::close);
    }
}

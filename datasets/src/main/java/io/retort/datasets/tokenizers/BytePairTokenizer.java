package io.retort.datasets.tokenizers;

import io.retort.datasets.InvalidDataException;
import io.retort.inference.digests.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A byte-pair tokenizer with tiktoken's meaning: a pattern cuts the text into pieces; a piece that is a token has its
 * rank as id, any other is merged from its bytes by lowest rank. What the pattern leaves out is a piece too, so any text
 * survives.
 *
 * <p>On disk it is a directory with {@code tiktoken.model} and {@code tokenizer_config.json}, as Kimi-K2 has them.
 * Immutable but for a bounded cache; safe for use by many threads.
 */
public final class BytePairTokenizer implements Tokenizer {
    /** Name of the file of tokens in a tokenizer's directory. */
    public static final String TOKENS_FILE = TiktokenFile.NAME;

    /** Name of the file of all else in a tokenizer's directory. */
    public static final String CONFIG_FILE = TokenizerConfigFile.NAME;

    private static final byte[] NO_BYTES = {};

    private final ByteRanks ranks;
    private final Pattern pattern;
    private final SpecialTokens specials;
    private final String digest;
    private final int[] idOfByte = new int[256];
    private final PieceCache cache = new PieceCache();

    BytePairTokenizer(ByteRanks ranks, String pattern, SpecialTokens specials) {
        if (specials.names().firstKey() != ranks.size()) {
            throw new IllegalArgumentException("expected the special ids to begin right above the ranks at "
                    + ranks.size() + ", found " + specials.names().firstKey());
        }
        try {
            this.pattern = Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "expected a regular expression, found \"" + pattern + "\": " + e.getDescription(), e);
        }
        this.ranks = ranks;
        this.specials = specials;
        for (int value = 0; value < 256; value++) {
            idOfByte[value] = ranks.rank(new byte[] {(byte) value}, 0, 1);
        }
        digest = Sha256.hex(new TokenizerConfigFile(specials, pattern, Optional.of(tiktokenDigest())).write());
    }

    /**
     * Reads a directory that {@link #save} or Kimi-K2's publisher wrote.
     *
     * @throws InvalidDataException if its files are not such a tokenizer's
     */
    public static BytePairTokenizer load(Path directory) throws IOException {
        return parse(
                read(directory.resolve(TiktokenFile.NAME), TiktokenFile.MOST_BYTES),
                read(directory.resolve(TokenizerConfigFile.NAME), TokenizerConfigFile.MOST_BYTES),
                directory.toString());
    }

    /**
     * The tokenizer of two files' bytes.
     *
     * @param where the directory's name in messages
     * @throws InvalidDataException if the files are not such a tokenizer's
     */
    public static BytePairTokenizer parse(byte[] tiktokenFile, byte[] configFile, String where) {
        TokenizerConfigFile config = TokenizerConfigFile.parse(configFile, where + "/" + TokenizerConfigFile.NAME);
        String found = Sha256.hex(tiktokenFile);
        config.tiktokenDigest().filter(expected -> !expected.equals(found)).ifPresent(expected -> {
            throw new InvalidDataException("expected " + where + "/" + TiktokenFile.NAME + " to have SHA-256 "
                    + expected + ", found " + found);
        });
        ByteRanks ranks = TiktokenFile.parse(tiktokenFile, where + "/" + TiktokenFile.NAME);
        try {
            return new BytePairTokenizer(ranks, config.pattern(), config.specials());
        } catch (IllegalArgumentException e) {
            throw new InvalidDataException(e.getMessage() + " in " + where, e);
        }
    }

    /** Writes {@code tiktoken.model} and {@code tokenizer_config.json} into a directory, which is made if need be. */
    public void save(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve(TiktokenFile.NAME), tiktokenFile());
        Files.write(directory.resolve(TokenizerConfigFile.NAME), configFile());
    }

    /** The bytes of {@code tiktoken.model}. */
    public byte[] tiktokenFile() {
        return TiktokenFile.write(ranks);
    }

    /** The bytes of {@code tokenizer_config.json}. */
    public byte[] configFile() {
        return new TokenizerConfigFile(specials, pattern.pattern(), Optional.of(tiktokenDigest())).write();
    }

    @Override
    public int vocabularySize() {
        return specials.names().lastKey() + 1;
    }

    @Override
    public int bos() {
        return specials.bos();
    }

    @Override
    public int eos() {
        return specials.eos();
    }

    /** The id that fills a batch; where the directory names none, it is {@link #eos()}. */
    public int pad() {
        return specials.pad();
    }

    /** The ids above the ranks. */
    public SpecialTokens specials() {
        return specials;
    }

    /** The regular expression that cuts a text into pieces. */
    public String pattern() {
        return pattern.pattern();
    }

    @Override
    public int[] encode(String mayBeIllFormed) {
        String text = WellFormedText.of(mayBeIllFormed);
        Ids ids = new Ids(text.length() / 2 + 8);
        Matcher matcher = pattern.matcher(text);
        int done = 0;
        while (matcher.find()) {
            if (matcher.start() > done) {
                append(text.substring(done, matcher.start()), ids);
            }
            if (matcher.end() > matcher.start()) {
                append(text.substring(matcher.start(), matcher.end()), ids);
            }
            done = matcher.end();
        }
        if (done < text.length()) {
            append(text.substring(done), ids);
        }
        return ids.toArray();
    }

    @Override
    public byte[] bytesOf(int id) {
        if (id < 0 || id >= vocabularySize()) {
            throw new IllegalArgumentException("expected an id in [0, " + vocabularySize() + "), found " + id);
        }
        return id < ranks.size() ? ranks.token(id).clone() : NO_BYTES;
    }

    @Override
    public String digest() {
        return digest;
    }

    int cachedPieces() {
        return cache.size();
    }

    private void append(String piece, Ids ids) {
        if (piece.length() == 1 && piece.charAt(0) < 0x80) {
            ids.add(idOfByte[piece.charAt(0)]);
            return;
        }
        int[] known = cache.find(piece);
        if (known == null) {
            known = encodePiece(piece.getBytes(StandardCharsets.UTF_8));
            cache.remember(piece, known);
        }
        ids.addAll(known);
    }

    private int[] encodePiece(byte[] piece) {
        int whole = ranks.rank(piece, 0, piece.length);
        return whole == ByteRanks.NONE ? BytePairMerger.merge(ranks, piece) : new int[] {whole};
    }

    private String tiktokenDigest() {
        return Sha256.hex(tiktokenFile());
    }

    private static byte[] read(Path file, int mostBytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw new InvalidDataException("expected at most " + mostBytes + " bytes, found more in " + file);
            }
            return bytes;
        }
    }

    /** A growing array. */
    private static final class Ids {
        private int[] values;
        private int size;

        Ids(int capacity) {
            values = new int[capacity];
        }

        void add(int id) {
            reserve(1);
            values[size++] = id;
        }

        void addAll(int[] more) {
            reserve(more.length);
            System.arraycopy(more, 0, values, size, more.length);
            size += more.length;
        }

        int[] toArray() {
            return Arrays.copyOf(values, size);
        }

        private void reserve(int more) {
            if (size + more > values.length) {
                values = Arrays.copyOf(values, Math.max(size + more, values.length * 2));
            }
        }
    }
}

package io.retort.datasets.tokenizers;

import io.retort.datasets.InvalidDataException;
import io.retort.inference.digests.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The tokenizer of llama2.c's files, which is sentencepiece's byte-pair encoding as Llama uses it: a text gets a space in
 * front, its characters are merged two by two, always those whose joined text has the highest score, and the bytes of a
 * character that is no token are tokens of their own.
 *
 * <p>The file: a 32-bit length of the longest token, then for each id a 32-bit float score, a 32-bit length and the bytes,
 * all little-endian. Ids 0, 1 and 2 are unknown, beginning and end; 3 to 258 are the single bytes. Immutable and safe for
 * use by many threads.
 */
public final class Llama2cTokenizer implements Tokenizer {
    /** The largest file that is read: a vocabulary of a million. */
    public static final int MOST_BYTES = 64 << 20;

    private static final int BOS = 1;
    private static final int EOS = 2;
    private static final int FIRST_BYTE = 3;
    private static final int FIRST_TEXT = FIRST_BYTE + 256;
    private static final int HEADER_BYTES = 4;
    private static final int ENTRY_BYTES = 8;

    private final byte[][] bytes;
    /** The texts from the highest score down, so that a rank is lowest where merging comes first. */
    private final ByteRanks ranks;

    private final int[] idOfRank;
    private final String digest;

    private Llama2cTokenizer(List<Entry> entries, String digest) {
        this.digest = digest;
        bytes = new byte[entries.size()][];
        Arrays.fill(bytes, new byte[0]);
        for (int value = 0; value < 256; value++) {
            bytes[FIRST_BYTE + value] = new byte[] {(byte) value};
        }
        List<Entry> texts = new ArrayList<>(entries.subList(FIRST_TEXT, entries.size()));
        texts.forEach(entry -> bytes[entry.id()] = entry.bytes());
        texts.sort(Comparator.comparingDouble(Entry::score).reversed());
        ranks = new ByteRanks();
        idOfRank = new int[texts.size()];
        for (int i = 0; i < texts.size(); i++) {
            Entry entry = texts.get(i);
            if (i > 0 && texts.get(i - 1).score() == entry.score()) {
                throw new IllegalArgumentException("expected every token's score once, found " + entry.score()
                        + " for ids " + texts.get(i - 1).id() + " and " + entry.id());
            }
            idOfRank[ranks.add(entry.bytes())] = entry.id();
        }
    }

    private record Entry(int id, float score, byte[] bytes) {}

    /**
     * The tokenizer of a file's bytes.
     *
     * @param where the file's name in messages
     * @throws InvalidDataException with the byte offset, for anything but such a file
     */
    public static Llama2cTokenizer parse(byte[] file, String where) {
        List<Entry> entries = entries(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN), where);
        if (entries.size() <= FIRST_TEXT) {
            throw new InvalidDataException(
                    "expected more than " + FIRST_TEXT + " tokens, found " + entries.size() + " in " + where);
        }
        try {
            return new Llama2cTokenizer(
                    entries, Sha256.hex(("llama2.c " + Sha256.hex(file)).getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            throw new InvalidDataException(e.getMessage() + " in " + where, e);
        }
    }

    private static List<Entry> entries(ByteBuffer file, String where) {
        if (file.remaining() < HEADER_BYTES) {
            throw new InvalidDataException(
                    "expected the longest token's length, found " + file.remaining() + " bytes in " + where);
        }
        int longest = file.getInt();
        List<Entry> entries = new ArrayList<>();
        while (file.hasRemaining()) {
            int at = file.position();
            if (file.remaining() < ENTRY_BYTES) {
                throw new InvalidDataException("expected a token's score and length at byte " + at + ", found "
                        + file.remaining() + " bytes in " + where);
            }
            float score = file.getFloat();
            int length = file.getInt();
            if (!Float.isFinite(score) || length < 1 || length > longest || length > file.remaining()) {
                throw new InvalidDataException("expected a finite score and a length of 1 to "
                        + Math.min(longest, file.remaining()) + " at byte " + at + ", found " + score + " and "
                        + length + " in " + where);
            }
            byte[] text = new byte[length];
            file.get(text);
            entries.add(new Entry(entries.size(), score, text));
        }
        return entries;
    }

    @Override
    public int vocabularySize() {
        return bytes.length;
    }

    @Override
    public int bos() {
        return BOS;
    }

    @Override
    public int eos() {
        return EOS;
    }

    @Override
    public byte[] prefix() {
        return new byte[] {' '};
    }

    @Override
    public int[] encode(String text) {
        return encodeContinuation(text.isEmpty() ? text : " " + text);
    }

    @Override
    public int[] encodeContinuation(String text) {
        byte[] utf8 = WellFormedText.of(text).getBytes(StandardCharsets.UTF_8);
        int[] ids = BytePairMerger.mergeCharacters(ranks, utf8);
        for (int i = 0; i < ids.length; i++) {
            ids[i] = ids[i] < 0 ? FIRST_BYTE + ~ids[i] : idOfRank[ids[i]];
        }
        return ids;
    }

    @Override
    public byte[] bytesOf(int id) {
        if (id < 0 || id >= bytes.length) {
            throw new IllegalArgumentException("expected an id in [0, " + bytes.length + "), found " + id);
        }
        return bytes[id].clone();
    }

    @Override
    public String digest() {
        return digest;
    }
}

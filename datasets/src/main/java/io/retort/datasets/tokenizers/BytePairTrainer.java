package io.retort.datasets.tokenizers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Learns a byte-pair vocabulary from texts: 256 single bytes, then always the most frequent adjacent pair within the
 * pieces seen, the pair with the lower ids of equals. The outcome depends on the multiset of texts only, not on their
 * order.
 *
 * <p>Pieces are segmented at every step as {@link BytePairTokenizer} would with the vocabulary so far, so that counts are
 * of tokens that do occur. Memory grows with the number of different pieces. Not safe for use by many threads.
 */
public final class BytePairTrainer {
    private static final int SINGLE_BYTES = 256;
    /** A pair seen once is no regularity. */
    private static final long FEWEST = 2;

    private final int mostRanks;
    private final Pattern pattern;
    private final Map<String, Long> pieceCounts = new HashMap<>();

    /**
     * @param mostRanks how many tokens the vocabulary may have beside the special ones, at least 256; it has fewer when
     *     no pair is left that occurs twice
     * @param pattern cuts texts into pieces, such as {@link PiecePatterns#RETORT}
     */
    public BytePairTrainer(int mostRanks, String pattern) {
        if (mostRanks < SINGLE_BYTES) {
            throw new IllegalArgumentException("expected room for 256 single bytes, found " + mostRanks);
        }
        this.mostRanks = mostRanks;
        this.pattern = Pattern.compile(pattern);
    }

    /** Counts the pieces of a text. */
    public void add(String text) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            // Single ASCII characters, about half of all pieces, have nothing to merge.
            boolean mergeable = matcher.end() - matcher.start() > 1
                    || matcher.end() > matcher.start() && text.charAt(matcher.start()) >= 0x80;
            if (mergeable) {
                pieceCounts.merge(matcher.group(), 1L, Long::sum);
            }
        }
    }

    /** The tokenizer of what was added so far, with [BOS], [EOS] and [PAD] right above its ranks. */
    public BytePairTokenizer train() {
        ByteRanks ranks = new Learning(pieceCounts).learn(mostRanks);
        return new BytePairTokenizer(ranks, pattern.pattern(), SpecialTokens.above(ranks.size()));
    }

    /** A pair of ids and how often it occurs; the best one comes first. */
    private record Candidate(long pair, long count) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            int byCount = Long.compare(other.count, count);
            return byCount != 0 ? byCount : Long.compare(pair, other.pair);
        }
    }

    private static final class Learning {
        private final ByteRanks ranks = new ByteRanks();
        private final List<byte[]> pieces = new ArrayList<>();
        private final List<Long> counts = new ArrayList<>();
        private final List<int[]> segmentations = new ArrayList<>();
        /** By left id &lt;&lt; 32 | right id: how often the pair occurs, and the pieces it may occur in. */
        private final Map<Long, Long> pairCounts = new HashMap<>();

        private final Map<Long, Set<Integer>> pairPieces = new HashMap<>();
        private final PriorityQueue<Candidate> candidates = new PriorityQueue<>();

        Learning(Map<String, Long> pieceCounts) {
            for (int value = 0; value < SINGLE_BYTES; value++) {
                ranks.add(new byte[] {(byte) value});
            }
            Set<Long> pairs = new HashSet<>();
            for (Map.Entry<String, Long> entry : new TreeMap<>(pieceCounts).entrySet()) {
                byte[] bytes = entry.getKey().getBytes(StandardCharsets.UTF_8);
                pieces.add(bytes);
                counts.add(entry.getValue());
                segmentations.add(BytePairMerger.merge(ranks, bytes));
                count(pieces.size() - 1, 1, pairs);
            }
            pairs.forEach(this::propose);
        }

        ByteRanks learn(int mostRanks) {
            while (ranks.size() < mostRanks) {
                Candidate best = candidates.poll();
                if (best == null || best.count < FEWEST) {
                    break;
                }
                if (best.count == pairCounts.getOrDefault(best.pair, 0L)) {
                    accept(join(best.pair));
                }
            }
            return ranks;
        }

        private void accept(byte[] token) {
            Set<Integer> affected = piecesWith(token);
            ranks.add(token);
            Set<Long> changed = new HashSet<>();
            for (int piece : affected) {
                count(piece, -1, changed);
                segmentations.set(piece, BytePairMerger.merge(ranks, pieces.get(piece)));
                count(piece, 1, changed);
            }
            changed.forEach(this::propose);
        }

        /** All pieces where some adjacent pair spells the token: tiktoken merges by bytes, whatever the two halves. */
        private Set<Integer> piecesWith(byte[] token) {
            Set<Integer> found = new HashSet<>();
            for (int middle = 1; middle < token.length; middle++) {
                int left = ranks.rank(token, 0, middle);
                int right = ranks.rank(token, middle, token.length);
                if (left != ByteRanks.NONE && right != ByteRanks.NONE) {
                    found.addAll(pairPieces.getOrDefault(pair(left, right), Set.of()));
                }
            }
            return found;
        }

        private void count(int piece, int sign, Set<Long> changed) {
            int[] ids = segmentations.get(piece);
            for (int i = 0; i + 1 < ids.length; i++) {
                long pair = pair(ids[i], ids[i + 1]);
                pairCounts.merge(pair, sign * counts.get(piece), Long::sum);
                if (sign > 0) {
                    pairPieces.computeIfAbsent(pair, key -> new HashSet<>()).add(piece);
                }
                changed.add(pair);
            }
        }

        private void propose(long pair) {
            long count = pairCounts.getOrDefault(pair, 0L);
            if (count == 0) {
                pairCounts.remove(pair);
                pairPieces.remove(pair);
            } else {
                candidates.add(new Candidate(pair, count));
            }
        }

        private byte[] join(long pair) {
            byte[] left = ranks.token((int) (pair >>> 32));
            byte[] right = ranks.token((int) pair);
            byte[] token = Arrays.copyOf(left, left.length + right.length);
            System.arraycopy(right, 0, token, left.length, right.length);
            return token;
        }

        private static long pair(int left, int right) {
            return (long) left << 32 | right;
        }
    }
}

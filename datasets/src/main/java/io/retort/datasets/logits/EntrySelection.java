package io.retort.datasets.logits;

/** Which entries of a distribution over the vocabulary are stored. */
public sealed interface EntrySelection {
    /** Entries a position can have at most: counts fit one unsigned byte. */
    int LIMIT = 255;

    /** The most entries that this selection stores at a position. */
    int maximumEntries();

    /** A text that differs wherever the selection does, for digests and file metadata. */
    String canonical();

    /** The {@code count} most likely tokens at every position, however much of the mass they carry. */
    static EntrySelection fixed(int count) {
        return new MostLikely(1.0, count, count);
    }

    /**
     * The selection of a {@link #canonical()} text.
     *
     * @throws IllegalArgumentException if the text is not one
     */
    static EntrySelection parse(String canonical) {
        String[] parts = canonical.split(" ", -1);
        try {
            if (parts.length == 4 && parts[0].equals("most-likely")) {
                return new MostLikely(
                        Double.parseDouble(parts[1]), Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
            }
            if (parts.length == 3 && parts[0].equals("sampled")) {
                return new Sampled(Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected numbers in the selection \"" + canonical + "\"", e);
        }
        throw new IllegalArgumentException(
                "expected \"most-likely P MIN MAX\" or \"sampled DRAWS SEED\", found \"" + canonical + "\"");
    }

    /**
     * The smallest number of most likely tokens that together have a probability of at least {@code topP}, but no fewer
     * than {@code minimum} and no more than {@code maximum}. What they leave is stored as the tail mass.
     */
    record MostLikely(double topP, int minimum, int maximum) implements EntrySelection {
        public MostLikely {
            if (!(topP > 0 && topP <= 1)) {
                throw new IllegalArgumentException("expected a top-p above 0 and at most 1, found " + topP);
            }
            if (minimum < 1 || maximum < minimum || maximum > LIMIT) {
                throw new IllegalArgumentException("expected 1 <= minimum <= maximum <= " + LIMIT
                        + " entries, found minimum " + minimum + " and maximum " + maximum);
            }
        }

        @Override
        public int maximumEntries() {
            return maximum;
        }

        @Override
        public String canonical() {
            return "most-likely " + topP + " " + minimum + " " + maximum;
        }
    }

    /**
     * {@code draws} tokens drawn from the distribution with replacement, stored as the share of draws that fell on each:
     * an unbiased estimate of the whole distribution, without a tail. After "Sparse Logit Sampling: Accelerating
     * Knowledge Distillation in LLMs" (Anshumann et al., 2025), with their temperature of the proposal at 1. The draws
     * are a function of seed, document, chunk and position alone.
     */
    record Sampled(int draws, long seed) implements EntrySelection {
        public Sampled {
            if (draws < 1 || draws > LIMIT) {
                throw new IllegalArgumentException("expected 1 to " + LIMIT + " draws, found " + draws);
            }
        }

        @Override
        public int maximumEntries() {
            return draws;
        }

        @Override
        public String canonical() {
            return "sampled " + draws + " " + seed;
        }
    }
}

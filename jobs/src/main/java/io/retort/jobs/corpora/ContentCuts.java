package io.retort.jobs.corpora;

import io.retort.datasets.corpus.DocumentOutline;

/**
 * Where a row of documents is cut into shards: after documents whose ids, hashes of their content, have a pattern. So a
 * document that is put in, left out or appended moves the cuts in its neighbourhood and no others.
 *
 * @param least documents a shard, but for the last
 * @param most documents a shard
 * @param period one document in so many has the pattern
 */
record ContentCuts(int least, int most, int period) {
    ContentCuts {
        if (least < 1 || most < least || period < 1) {
            throw new IllegalArgumentException("expected bounds from 1 and a period from 1, found " + least + " to "
                    + most + " with period " + period);
        }
    }

    /** Cuts that leave about so many documents a shard: from half as many to twice as many. */
    static ContentCuts about(int documents) {
        int least = (documents + 1) / 2;
        // Of the documents after the least ones, the number up to the first with the pattern is period on average.
        return new ContentCuts(least, Math.max(1, 2 * documents), Math.max(1, documents - least));
    }

    /** Whether a shard that has so many documents now, this one the last, ends here. */
    boolean endAfter(DocumentOutline document, int documents) {
        return documents >= most || documents >= least && Long.remainderUnsigned(mixed(document.idLow()), period) == 0;
    }

    /** The finaliser of MurmurHash3: a period shares no structure with the digits of an id. */
    private static long mixed(long bits) {
        long mixed = bits;
        mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}

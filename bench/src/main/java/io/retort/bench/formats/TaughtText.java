package io.retort.bench.formats;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.logits.Chunk;
import io.retort.datasets.logits.Chunker;
import io.retort.datasets.logits.TokenisedDocument;
import io.retort.distill.teachers.Teacher;
import java.util.ArrayList;
import java.util.List;

/**
 * Documents with a teacher's whole distributions at every scored position, in memory.
 *
 * @param vocabulary number of token ids
 * @param bos the token before the first of a document
 * @param teacherDigest the teacher's, for shards
 * @param tokenizerDigest its tokenizer's
 * @param chunks the documents' chunks in order, each document's one after another
 */
record TaughtText(int vocabulary, int bos, String teacherDigest, String tokenizerDigest, List<TaughtChunk> chunks) {

    /**
     * A chunk with the teacher's word on it.
     *
     * @param logProbabilities natural logarithms, `[scored positions][vocabulary]`
     */
    record TaughtChunk(Chunk chunk, float[][] logProbabilities) {
        /** The token before a scored position; {@code bos} before a document's first. */
        int previous(int scored, int bos) {
            int at = chunk.scoredFrom() + scored;
            return at == 0 ? bos : chunk.ids()[at - 1];
        }

        /** The token at a scored position. */
        int actual(int scored) {
            return chunk.ids()[chunk.scoredFrom() + scored];
        }
    }

    /** Asks the teacher about every document. */
    static TaughtText of(Teacher teacher, List<Document> documents) {
        Chunker chunker = Chunker.fitting(teacher.contextTokens());
        List<Chunk> chunks = new ArrayList<>();
        for (Document document : documents) {
            chunks.addAll(chunker.chunks(TokenisedDocument.of(document, teacher.tokenizer())));
        }
        List<TaughtChunk> taught = chunks.stream()
                .map(chunk -> new TaughtChunk(chunk, new float[chunk.scoredCount()][]))
                .toList();
        teacher.score(chunks.stream().map(Chunk::ids).toList(), (sequence, position, logProbabilities) -> {
            int scored = position - chunks.get(sequence).scoredFrom();
            if (scored >= 0) {
                taught.get(sequence).logProbabilities()[scored] = logProbabilities.clone();
            }
        });
        return new TaughtText(
                teacher.tokenizer().vocabularySize(),
                teacher.tokenizer().bos(),
                teacher.description().digest(),
                teacher.tokenizer().digest(),
                taught);
    }

    /** Scored tokens of all chunks. */
    long tokens() {
        return chunks.stream().mapToLong(taught -> taught.chunk().scoredCount()).sum();
    }

    /** The teacher's mean entropy, nats a token. */
    double entropyNats() {
        double sum = 0;
        for (TaughtChunk taught : chunks) {
            for (float[] distribution : taught.logProbabilities()) {
                for (float logProbability : distribution) {
                    sum -= Math.exp(logProbability) * logProbability;
                }
            }
        }
        return sum / tokens();
    }
}

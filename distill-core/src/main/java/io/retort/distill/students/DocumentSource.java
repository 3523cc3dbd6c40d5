package io.retort.distill.students;

import java.util.List;

/** Documents by number, which may lie in memory or in a mapped file. Stays the same during a training. */
public interface DocumentSource {

    int size();

    /** Number of predictions in a document, its symbols and END, without necessarily reading it. */
    int positions(int index);

    /** The document itself. */
    TrainingDocument document(int index);

    /** Number of symbols of a document's prompt. */
    int promptSymbols(int index);

    /** Documents in memory. */
    static DocumentSource of(List<TrainingDocument> documents) {
        List<TrainingDocument> kept = List.copyOf(documents);
        return new DocumentSource() {
            @Override
            public int size() {
                return kept.size();
            }

            @Override
            public int positions(int index) {
                return kept.get(index).positions();
            }

            @Override
            public TrainingDocument document(int index) {
                return kept.get(index);
            }

            @Override
            public int promptSymbols(int index) {
                return kept.get(index).promptSymbols();
            }
        };
    }
}

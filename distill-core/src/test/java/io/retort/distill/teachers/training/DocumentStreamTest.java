package io.retort.distill.teachers.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import io.retort.datasets.suites.Suite;
import io.retort.datasets.suites.Suites;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentStreamTest {
    private static final Suite SUITE = Suites.named("math");

    @Test
    void aStreamGivesEveryDocumentOfItsSplitInOrderAndNoOther() {
        DocumentStream stream = new DocumentStream(SUITE, Split.VALIDATION, 3, 0);
        List<Document> found = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            found.add(stream.next());
        }
        List<Document> expected = new ArrayList<>();
        for (long i = 0; i < stream.position(); i++) {
            Document document = SUITE.document(3, i);
            if (document.split() == Split.VALIDATION) {
                expected.add(document);
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void aStreamGoesOnFromAPosition() {
        DocumentStream stream = new DocumentStream(SUITE, Split.TRAIN, 3, 0);
        for (int i = 0; i < 50; i++) {
            stream.next();
        }
        DocumentStream resumed = new DocumentStream(SUITE, Split.TRAIN, 3, stream.position());
        for (int i = 0; i < 10; i++) {
            assertThat(resumed.next()).isEqualTo(stream.next());
        }
    }
}

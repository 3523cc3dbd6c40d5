package io.retort.distill.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExpertLossesTest {
    @Test
    void theBestSingleExpertLosesLeastOverAllDocumentsThoughItMayBeBestOnNone() {
        // Means 4, 2 and 4: the second is never first and never far behind.
        double[][] losses = {{1, 2, 7}, {7, 2, 1}};
        ExpertLosses data =
                new ExpertLosses(List.of("math", "coding", "language"), List.of(new byte[1], new byte[2]), losses);
        assertThat(data.bestSingle()).isEqualTo("coding");
        assertThat(data.best(0)).isZero();
        assertThat(data.best(1)).isEqualTo(2);
    }
}

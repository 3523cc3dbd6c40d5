package io.retort.jobs.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void textsStandLeftAndNumbersRight() {
        Table table = new Table(
                "Experts",
                List.of("domain", "score", "note"),
                List.of(List.of("math", "97.5%", "é"), List.of("tool-use", "–", "b"), List.of("x", "100.0%", "")));

        assertThat(table.render()).isEqualTo("""
                        Experts
                        domain     score  note
                        ────────  ──────  ────
                        math       97.5%  é
                        tool-use       –  b
                        x         100.0%""");
    }

    @Test
    void asMarkdownABarInACellIsNoColumn() {
        assertThat(new Table("", List.of("a", "b"), List.of(List.of("1", "x|y"))).markdown())
                .isEqualTo("""
                | a | b |
                | --- | --- |
                | 1 | x\\|y |""");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> new Table("t", List.of("a", "b"), List.of(List.of("1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 2 cells");
    }
}

package io.retort.eval.report;

import io.retort.eval.outcomes.ModelKind;
import java.util.List;

/**
 * The style class of a model's marks, the same in every figure. The colours are Okabe and Ito's, which people with any colour
 * vision tell apart; the style sheet holds them for light and dark.
 */
enum Palette {
    TEACHER("m-teacher"),
    EXPERT("m-expert"),
    ENSEMBLE("m-ensemble"),
    COUNTING("m-counting"),
    FLOOR("m-floor");

    private final String styleClass;

    Palette(String styleClass) {
        this.styleClass = styleClass;
    }

    String styleClass() {
        return styleClass;
    }

    static Palette of(ModelKind kind) {
        return switch (kind) {
            case TEACHER -> TEACHER;
            case EXPERT -> EXPERT;
            case ENSEMBLE -> ENSEMBLE;
            case CONTROL -> FLOOR;
        };
    }

    /** An entry of a legend. */
    record LegendKey(Palette colour, String label) {}

    /** A legend in a line above a figure. */
    static Markup legend(List<LegendKey> keys) {
        Markup html = new Markup().start("div", "class", "legend", "aria-hidden", "true");
        for (LegendKey key : keys) {
            html.start("span", "class", "key")
                    .element("span", "", "class", "swatch " + key.colour.styleClass)
                    .text(key.label)
                    .end();
        }
        return html.end();
    }
}

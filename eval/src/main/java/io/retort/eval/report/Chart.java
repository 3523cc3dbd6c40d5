package io.retort.eval.report;

/** Shapes that several figures draw, in the units of an SVG view box. */
final class Chart {
    /** The width of a figure's view box: near a phone's width, so that its type stays readable there. */
    static final double WIDTH = 420;

    private Chart() {}

    /** Opens a figure whose title and description a screen reader speaks. */
    static Markup svg(Frame frame, String title, String description) {
        String id = "svg-" + frame.id;
        return new Markup()
                .start(
                        "svg",
                        "viewBox",
                        "0 0 " + NumberText.coordinate(frame.width) + " " + NumberText.coordinate(frame.height),
                        "role",
                        "img",
                        "aria-labelledby",
                        id + "-title " + id + "-desc")
                .element("title", title, "id", id + "-title")
                .element("desc", description, "id", id + "-desc");
    }

    /** The size of a view box, and a name for the figure that is unique in the report. */
    record Frame(String id, double width, double height) {}

    /** A point of the view box. */
    record Place(double x, double y) {}

    static void text(Markup svg, Place place, String styleClass, String text) {
        svg.element(
                "text",
                text,
                "x",
                NumberText.coordinate(place.x),
                "y",
                NumberText.coordinate(place.y),
                "class",
                styleClass);
    }

    static void line(Markup svg, Place from, Place to, String styleClass) {
        svg.empty(
                "line",
                "x1",
                NumberText.coordinate(from.x),
                "y1",
                NumberText.coordinate(from.y),
                "x2",
                NumberText.coordinate(to.x),
                "y2",
                NumberText.coordinate(to.y),
                "class",
                styleClass);
    }

    /** A bar from one x to another, whichever is the greater, centred on y, with a tip for the mouse. */
    static void bar(Markup svg, Bar bar, String styleClass, String tip) {
        svg.start(
                        "rect",
                        "x",
                        NumberText.coordinate(Math.min(bar.from, bar.to)),
                        "y",
                        NumberText.coordinate(bar.y - bar.thickness / 2),
                        "width",
                        NumberText.coordinate(Math.abs(bar.to - bar.from)),
                        "height",
                        NumberText.coordinate(bar.thickness),
                        "rx",
                        "1.5",
                        "class",
                        styleClass)
                .element("title", tip)
                .end();
    }

    record Bar(double from, double to, double y, double thickness) {}

    /** A whisker with caps from one x to another. */
    static void whisker(Markup svg, Bar whisker) {
        double cap = whisker.thickness / 2;
        line(svg, new Place(whisker.from, whisker.y), new Place(whisker.to, whisker.y), "whisker");
        line(svg, new Place(whisker.from, whisker.y - cap), new Place(whisker.from, whisker.y + cap), "whisker");
        line(svg, new Place(whisker.to, whisker.y - cap), new Place(whisker.to, whisker.y + cap), "whisker");
    }

    /** Vertical grid lines with their values below. */
    static void columns(Markup svg, LinearScale scale, double top, double bottom) {
        int digits = scale.tickDigits(5);
        for (double tick : scale.ticks(5)) {
            double x = scale.at(tick);
            line(svg, new Place(x, top), new Place(x, bottom), "grid");
            text(svg, new Place(x, bottom + 15), "tick middle", NumberText.decimal(tick, digits));
        }
    }
}

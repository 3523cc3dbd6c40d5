package io.retort.eval.report;

import io.retort.eval.report.Chart.Frame;
import io.retort.eval.report.Chart.Place;
import java.util.List;

/**
 * A table of numbers shown by the strength of a colour.
 *
 * @param title what it shows, also the figure's heading
 * @param caption what rows, columns and cells are
 * @param rows their labels
 * @param columns their labels
 * @param values {@code [row][column]}, at least 0; NaN where there is none
 * @param strongest the value of the strongest colour, positive
 * @param digits after the point, where cells are wide enough for numbers
 */
public record HeatMap(
        String title,
        String caption,
        List<String> rows,
        List<String> columns,
        double[][] values,
        double strongest,
        int digits) {
    private static final double LEFT = 78;
    private static final double TOP = 26;
    private static final double LARGEST_CELL = 46;
    private static final double TALLEST_CELL = 26;
    /** Below this width a number does not fit its cell. */
    private static final double NUMBERED_CELL = 24;
    /** Below this width not every column can have its label. */
    private static final double LABELLED_CELL = 16;

    private static final int LABELS = 12;

    public HeatMap {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        if (values.length != rows.size() || rows.isEmpty() || columns.isEmpty()) {
            throw new IllegalArgumentException("heat map " + title + ": expected rows and columns, and values of "
                    + rows.size() + " rows, found " + values.length);
        }
        if (!(strongest > 0)) {
            throw new IllegalArgumentException(
                    "heat map " + title + ": expected a positive value of the strongest colour, found " + strongest);
        }
        for (double[] row : values) {
            if (row.length != columns.size()) {
                throw new IllegalArgumentException(
                        "heat map " + title + ": expected " + columns.size() + " values in a row, found " + row.length);
            }
        }
    }

    /** The figure; its id must be unique in the page. */
    Markup figure(String id) {
        return figure(id, new Markup().text(caption));
    }

    /** The figure with another text below it; the caption is still said of it to those who cannot see it. */
    Markup figure(String id, Markup below) {
        return FigureSections.figure(title, new Markup(), svg(id), below);
    }

    private Markup svg(String id) {
        double width = Math.min(LARGEST_CELL, (Chart.WIDTH - LEFT - 4) / columns.size());
        double height = Math.min(TALLEST_CELL, Math.max(width, rows.size() > 16 ? 0 : 14));
        Frame frame = new Frame(id, Chart.WIDTH, TOP + height * rows.size() + 4);
        Markup svg = Chart.svg(frame, title, caption);
        int columnStep = step(width, columns.size());
        for (int c = 0; c < columns.size(); c += columnStep) {
            Chart.text(svg, new Place(LEFT + width * (c + 0.5), TOP - 8), "label middle", columns.get(c));
        }
        int rowStep = step(height + 2, rows.size());
        for (int r = 0; r < rows.size(); r++) {
            double y = TOP + height * r;
            if (r % rowStep == 0) {
                Chart.text(svg, new Place(LEFT - 8, y + height / 2 + 4), "label end", rows.get(r));
            }
            for (int c = 0; c < columns.size(); c++) {
                if (!Double.isNaN(values[r][c])) {
                    cell(svg, new Cell(LEFT + width * c, y, width, height), r, c);
                }
            }
        }
        return svg.end();
    }

    private static int step(double cell, int labels) {
        return cell >= LABELLED_CELL ? 1 : Math.max(1, (labels + LABELS - 1) / LABELS);
    }

    private record Cell(double x, double y, double width, double height) {}

    private void cell(Markup svg, Cell cell, int row, int column) {
        double value = values[row][column];
        String level = "w" + (int) Math.max(0, Math.min(10, Math.floor(value / strongest * 10 + 0.5)));
        double gap = cell.width > LABELLED_CELL ? 1 : 0;
        svg.start(
                        "rect",
                        "x",
                        NumberText.coordinate(cell.x + gap),
                        "y",
                        NumberText.coordinate(cell.y + gap),
                        "width",
                        NumberText.coordinate(cell.width - 2 * gap),
                        "height",
                        NumberText.coordinate(cell.height - 2 * gap),
                        "class",
                        "cell " + level)
                .element("title", rows.get(row) + ", " + columns.get(column) + ": " + NumberText.decimal(value, 3))
                .end();
        if (cell.width >= NUMBERED_CELL) {
            Chart.text(
                    svg,
                    new Place(cell.x + cell.width / 2, cell.y + cell.height / 2 + 4),
                    "celltext middle " + level,
                    NumberText.decimal(value, digits));
        }
    }
}

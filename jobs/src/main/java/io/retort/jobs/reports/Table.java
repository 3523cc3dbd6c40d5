package io.retort.jobs.reports;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A titled table of texts. Columns whose cells all look like numbers are set to the right.
 *
 * @param title one line, may be empty
 * @param columns names, at least one
 * @param rows as many cells each as there are columns
 */
public record Table(String title, List<String> columns, List<List<String>> rows) {
    private static final String GAP = "  ";

    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("expected at least one column in table \"" + title + "\"");
        }
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("expected " + columns.size() + " cells in a row of table \"" + title
                        + "\", found " + row.size() + ": " + row);
            }
        }
    }

    /** The table as lines of text, without a line break at the end. */
    public String render() {
        int[] widths = IntStream.range(0, columns.size()).map(this::width).toArray();
        String header = line(columns, widths);
        String rule = IntStream.of(widths).mapToObj("─"::repeat).collect(Collectors.joining(GAP));
        String body = rows.stream().map(row -> "\n" + line(row, widths)).collect(Collectors.joining());
        return (title.isEmpty() ? "" : title + "\n") + header + "\n" + rule + body;
    }

    /** The table as Markdown, without a line break at the end. */
    public String markdown() {
        String rule = columns.stream().map(column -> "---").collect(Collectors.joining(" | ", "| ", " |"));
        String body = rows.stream().map(row -> "\n" + markdownRow(row)).collect(Collectors.joining());
        return (title.isEmpty() ? "" : title + "\n\n") + markdownRow(columns) + "\n" + rule + body;
    }

    private static String markdownRow(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
    }

    private int width(int column) {
        return IntStream.concat(
                        IntStream.of(codePoints(columns.get(column))),
                        rows.stream().mapToInt(row -> codePoints(row.get(column))))
                .max()
                .orElse(0);
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    private String line(List<String> cells, int[] widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(i -> padded(cells.get(i), widths[i], i))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private String padded(String cell, int width, int column) {
        String padding = " ".repeat(width - codePoints(cell));
        return numeric(column) ? padding + cell : cell + padding;
    }

    private boolean numeric(int column) {
        return rows.stream().map(row -> row.get(column)).allMatch(Table::looksLikeNumber);
    }

    private static boolean looksLikeNumber(String cell) {
        return cell.isEmpty()
                || cell.equals("–")
                || Character.isDigit(cell.charAt(0))
                || (cell.length() > 1 && "-+−".indexOf(cell.charAt(0)) >= 0 && Character.isDigit(cell.charAt(1)));
    }
}

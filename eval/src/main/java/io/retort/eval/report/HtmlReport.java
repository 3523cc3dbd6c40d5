package io.retort.eval.report;

import io.retort.eval.summary.SummaryTable;

/** Writes a {@link ReportData} as one HTML file. */
public final class HtmlReport {
    private HtmlReport() {}

    /** The file's text, to be stored as UTF-8. */
    public static String of(ReportData data) {
        String title = HtmlText.escape(data.title());
        return """
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><title>%s</title></head>
                <body><h1>%s</h1><pre>%s</pre></body>
                </html>
                """.formatted(title, title, HtmlText.escape(SummaryTable.of(data.summary())));
    }
}

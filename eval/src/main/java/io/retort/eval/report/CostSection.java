package io.retort.eval.report;

import io.retort.eval.report.RunCost.Runs;
import io.retort.eval.report.RunCost.Stage;
import io.retort.eval.report.RunCost.Teacher;

/** What the stages cost: a row for each, and one for all. */
final class CostSection {
    private static final String ALL = "all stages";
    private static final int SPARK_COLUMNS = 4;

    private final Markup html = new Markup();

    private CostSection() {}

    /** Empty where no run left a record. */
    static Markup of(RunCost cost) {
        CostSection section = new CostSection();
        return cost.stages().stream().anyMatch(CostSection::isKnown) ? section.section(cost) : section.html;
    }

    private static boolean isKnown(Stage stage) {
        return !stage.runs().equals(new Runs(0, 0)) || stage.teacher().tokens() > 0;
    }

    private Markup section(RunCost cost) {
        html.start("section", "id", "cost").element("h2", "Cost");
        html.start("p", "class", "note")
                .text("What the runs that made this took of a ")
                .append(Definition.TASKS.link("cluster"))
                .text(" and of the ")
                .append(Definition.TEACHER_COST.link("teacher"))
                .text(", in all rounds, by the records in the workspace. Stages that were found done cost nothing"
                        + " again.")
                .end();
        html.start("table", "class", "cards").start("thead").start("tr");
        heading(new Markup().text("Stage"));
        heading(Definition.RUNS.link());
        heading(Definition.TASKS.link());
        heading(Definition.TASK_TIME.link());
        heading(Definition.SHUFFLED.link());
        heading(Definition.PEAK_MEMORY.link());
        heading(Definition.TEACHER_TOKENS.link());
        heading(Definition.TEACHER_COST.link());
        html.end().end().start("tbody");
        cost.stages().forEach(this::row);
        row(cost.total(ALL));
        return html.end().end().end();
    }

    private void heading(Markup content) {
        html.start("th", "scope", "col").append(content).end();
    }

    private void row(Stage stage) {
        html.start("tr").element("th", stage.name(), "scope", "row");
        if (stage.runs().recorded() == 0) {
            html.element("td", none(stage.runs()), "data-label", Definition.RUNS.term());
            for (int column = 0; column < SPARK_COLUMNS; column++) {
                html.element("td", NumberText.MISSING, "class", "absent");
            }
        } else {
            spark(stage);
        }
        teacher(stage.teacher());
        html.end();
    }

    private static String none(Runs runs) {
        return runs.unreadable() == 0 ? "none recorded" : unreadable(runs);
    }

    private static String unreadable(Runs runs) {
        return NumberText.count(runs.unreadable()) + " not readable";
    }

    private void spark(Stage stage) {
        cell(
                Definition.RUNS,
                NumberText.count(stage.runs().recorded()),
                "Spark stages " + NumberText.count(stage.tasks().sparkStages())
                        + (stage.runs().unreadable() == 0 ? "" : ", besides " + unreadable(stage.runs())));
        cell(
                Definition.TASKS,
                NumberText.count(stage.tasks().done()),
                "failed " + NumberText.count(stage.tasks().failed()) + ", executors lost "
                        + NumberText.count(stage.tasks().executorsLost()));
        cell(
                Definition.TASK_TIME,
                NumberText.seconds(stage.time().tasks()),
                "processor " + NumberText.seconds(stage.time().processor()) + ", collection "
                        + NumberText.seconds(stage.time().collection()));
        cell(
                Definition.SHUFFLED,
                NumberText.bytes(stage.space().shuffled()),
                "spilled " + NumberText.bytes(stage.space().spilled()));
        cell(
                Definition.PEAK_MEMORY,
                NumberText.bytes(stage.space().heap()) + " heap",
                stage.space().resident() == 0
                        ? "resident not measured"
                        : "resident " + NumberText.bytes(stage.space().resident()));
    }

    private void teacher(Teacher teacher) {
        if (teacher.tokens() == 0) {
            html.element("td", NumberText.MISSING, "class", "absent");
            html.element("td", NumberText.MISSING, "class", "absent");
            return;
        }
        cell(
                Definition.TEACHER_TOKENS,
                NumberText.count(teacher.tokens()),
                "requests " + NumberText.count(teacher.requests()) + ", " + NumberText.seconds(teacher.seconds()));
        cell(
                Definition.TEACHER_COST,
                teacher.money() == 0 ? NumberText.MISSING : NumberText.decimal(teacher.money(), 4),
                teacher.money() == 0 ? "no price set" : "at the price set");
    }

    private void cell(Definition definition, String value, String small) {
        html.start("td", "data-label", definition.term(), "class", "wide")
                .start("span")
                .text(value + " ")
                .element("span", small, "class", "small")
                .end()
                .end();
    }
}

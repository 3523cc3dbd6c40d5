package io.retort.jobs.prepare;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import io.retort.datasets.corpus.CorpusManifest.TaskCount;
import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Documents as Spark rows with their place in the stream of candidates, and the choice among them. */
final class CandidateRows {
    static final String DOMAIN = "domain";
    static final String SPLIT = "split";
    static final String FILE = "file";
    static final String ID = "document_id";
    private static final String TASK = "task";
    private static final String PROMPT = "prompt";
    private static final String ANSWER = "answer";
    private static final String CHOICES = "choices";
    private static final String POSITION = "position";
    private static final String SEQUENCE = "sequence";
    private static final String RANK = "rank";
    private static final String COPY = "copy";
    private static final String FIRST_SPLIT = "first_split";
    /** What may not be in two splits: a prompt, or the text where there is none. */
    private static final String KEY = "if(prompt = '', answer, prompt)";

    static final StructType SCHEMA = new StructType()
            .add(DOMAIN, DataTypes.StringType, false)
            .add(SPLIT, DataTypes.StringType, false)
            .add(POSITION, DataTypes.LongType, false)
            .add(SEQUENCE, DataTypes.LongType, false)
            .add(ID, DataTypes.StringType, false)
            .add(TASK, DataTypes.StringType, false)
            .add(PROMPT, DataTypes.StringType, false)
            .add(ANSWER, DataTypes.StringType, false)
            .add(CHOICES, DataTypes.createArrayType(DataTypes.StringType, false), false);

    private CandidateRows() {}

    /**
     * A document as a row.
     *
     * @param position decides which copies and which surplus documents are left out
     * @param sequence where it stands in what it was read from: what is appended there has higher numbers
     */
    static Row row(Document document, long position, long sequence) {
        return RowFactory.create(
                document.domain(),
                document.split().label(),
                position,
                sequence,
                document.id(),
                document.task(),
                document.prompt(),
                document.answer(),
                document.choices().toArray(new String[0]));
    }

    static Document document(Row row) {
        return new Document(
                row.getAs(ID),
                row.getAs(DOMAIN),
                row.getAs(TASK),
                Split.labelled(row.getAs(SPLIT)),
                row.getAs(PROMPT),
                row.getAs(ANSWER),
                row.getList(row.fieldIndex(CHOICES)));
    }

    /**
     * Numbers the candidates of equal content from 1; which is the first depends on content and positions alone. Beside it
     * stands the one split that the candidate's prompt may be in: groups can bring a prompt into several.
     */
    static Dataset<Row> numbered(Dataset<Row> candidates) {
        return candidates
                .withColumn(COPY, row_number().over(Window.partitionBy(ID).orderBy(SPLIT, POSITION, CHOICES, SEQUENCE)))
                .withColumn(FIRST_SPLIT, min(SPLIT).over(Window.partitionBy(col(DOMAIN), expr(KEY))));
    }

    /** The first candidate of each content, unless its prompt belongs to another split. */
    static Dataset<Row> distinct(Dataset<Row> numbered) {
        return numbered.where(isKept()).drop(COPY, FIRST_SPLIT);
    }

    private static Column isKept() {
        return col(COPY).equalTo(1).and(col(SPLIT).equalTo(col(FIRST_SPLIT)));
    }

    /** How many candidates of each domain are copies, or have a prompt of another split. */
    static SortedMap<String, Long> duplicates(Dataset<Row> numbered) {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (Row row : numbered.where(not(isKept())).groupBy(DOMAIN).count().collectAsList()) {
            counts.put(row.getString(0), row.getLong(1));
        }
        return counts;
    }

    /** Documents and bytes by domain, split and task, sorted so. */
    static List<TaskCount> counts(Dataset<Row> documents) {
        return documents
                .groupBy(DOMAIN, SPLIT, TASK)
                .agg(
                        expr("count(*)"),
                        expr("sum(octet_length(" + PROMPT + "))"),
                        expr("sum(octet_length(" + ANSWER + "))"))
                .collectAsList()
                .stream()
                .map(row -> new TaskCount(
                        row.getString(0),
                        Split.labelled(row.getString(1)),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5)))
                .sorted(Comparator.comparing(TaskCount::domain)
                        .thenComparing(TaskCount::split)
                        .thenComparing(TaskCount::task))
                .toList();
    }

    /** The first candidates of each domain and split, as many as its counts say. */
    static Dataset<Row> within(Dataset<Row> distinct, List<DomainSpec> domains) {
        Column rank = row_number().over(Window.partitionBy(DOMAIN, SPLIT).orderBy(POSITION));
        Column chosen = domains.stream()
                .map(CandidateRows::withinCounts)
                .reduce(Column::or)
                .orElseThrow();
        return distinct.withColumn(RANK, rank).where(chosen).drop(RANK);
    }

    private static Column withinCounts(DomainSpec domain) {
        Column any = expr("false");
        for (Split split : Split.values()) {
            any = any.or(col(SPLIT)
                    .equalTo(split.label())
                    .and(col(RANK).leq(domain.documents().of(split))));
        }
        return col(DOMAIN).equalTo(domain.name()).and(any);
    }

    /**
     * Numbers the files: so many documents each. The test split is in the order of ids, which are hashes, so that its
     * beginning is a sample of it; the others are in the order of what they were read from, so that documents that are
     * appended there stand together and teaching finds the rest as it was.
     */
    static Dataset<Row> inFiles(Dataset<Row> chosen, int documentsPerFile) {
        Column order = when(col(SPLIT).equalTo(Split.TEST.label()), 0L).otherwise(col(SEQUENCE));
        Column rank =
                row_number().over(Window.partitionBy(col(DOMAIN), col(SPLIT)).orderBy(order, col(ID)));
        return chosen.withColumn(RANK, rank)
                .withColumn(FILE, floor(col(RANK).minus(1).divide(documentsPerFile)))
                .repartition(col(DOMAIN), col(SPLIT), col(FILE))
                .sortWithinPartitions(DOMAIN, SPLIT, FILE, RANK);
    }

    /** Prompts (texts, where there is no prompt) that more than one split of a domain has. */
    static long sharedPrompts(Dataset<Row> documents) {
        return documents
                .withColumn("key", expr(KEY))
                .groupBy(DOMAIN, "key")
                .agg(expr("count(distinct " + SPLIT + ")").as("splits"))
                .where(col("splits").gt(1))
                .count();
    }
}

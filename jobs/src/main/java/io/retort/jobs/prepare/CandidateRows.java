package io.retort.jobs.prepare;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.row_number;

import io.retort.datasets.corpus.Document;
import io.retort.datasets.corpus.Split;
import java.util.List;
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
    private static final String POSITION = "position";
    private static final String RANK = "rank";

    static final StructType SCHEMA = new StructType()
            .add(DOMAIN, DataTypes.StringType, false)
            .add(SPLIT, DataTypes.StringType, false)
            .add(POSITION, DataTypes.LongType, false)
            .add(ID, DataTypes.StringType, false)
            .add("task", DataTypes.StringType, false)
            .add("prompt", DataTypes.StringType, false)
            .add("answer", DataTypes.StringType, false)
            .add("choices", DataTypes.createArrayType(DataTypes.StringType, false), false);

    private CandidateRows() {}

    static Row row(Document document, long position) {
        return RowFactory.create(
                document.domain(),
                document.split().label(),
                position,
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
                row.getAs("task"),
                Split.labelled(row.getAs(SPLIT)),
                row.getAs("prompt"),
                row.getAs("answer"),
                row.getList(row.fieldIndex("choices")));
    }

    /** The first candidate of each content: which that is depends on positions alone. */
    static Dataset<Row> distinct(Dataset<Row> candidates) {
        Column rank = row_number().over(Window.partitionBy(ID).orderBy(POSITION));
        return candidates.withColumn(RANK, rank).where(col(RANK).equalTo(1)).drop(RANK);
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

    /** Numbers the files: so many documents each, in the order of their ids. */
    static Dataset<Row> inFiles(Dataset<Row> chosen, int documentsPerFile) {
        Column rank = row_number().over(Window.partitionBy(DOMAIN, SPLIT).orderBy(ID));
        return chosen.withColumn(FILE, floor(rank.minus(1).divide(documentsPerFile)))
                .repartition(col(DOMAIN), col(SPLIT), col(FILE))
                .sortWithinPartitions(DOMAIN, SPLIT, FILE, ID);
    }

    /** Prompts (texts, where there is no prompt) that more than one split of a domain has. */
    static long sharedPrompts(Dataset<Row> documents) {
        return documents
                .withColumn("key", expr("if(prompt = '', answer, prompt)"))
                .groupBy(DOMAIN, "key")
                .agg(expr("count(distinct " + SPLIT + ")").as("splits"))
                .where(col("splits").gt(1))
                .count();
    }
}

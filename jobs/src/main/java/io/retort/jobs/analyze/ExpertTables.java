package io.retort.jobs.analyze;

import io.retort.distill.analysis.DomainUse;
import io.retort.distill.analysis.LayerFigures;
import io.retort.distill.analysis.LayerFigures.ExpertRow;
import io.retort.distill.analysis.LayerFigures.Neighbour;
import io.retort.distill.analysis.LayerRouting;
import io.retort.distill.analysis.RoutingMap;
import java.util.List;

/** The expert map as Parquet tables; docs/analysis.md says what the columns hold. */
final class ExpertTables {
    private ExpertTables() {}

    /** A row a layer, expert and domain. */
    static byte[] routing(RoutingMap map) {
        ParquetTable table = new ParquetTable.Columns()
                .integer("layer", "expert")
                .text("domain")
                .count("choices")
                .number("share", "mean_weight", "lift_bits")
                .named("routing");
        for (LayerRouting layer : map.layers()) {
            for (DomainUse use : layer.domains()) {
                for (int expert = 0; expert < map.experts(); expert++) {
                    table.row(
                            layer.layer(),
                            expert,
                            use.domain(),
                            use.choices()[expert],
                            use.shares()[expert],
                            use.meanWeights()[expert],
                            use.liftBits()[expert]);
                }
            }
        }
        return table.file();
    }

    /** A row a layer and expert. */
    static byte[] weights(List<LayerFigures> layers) {
        ParquetTable.Columns columns = new ParquetTable.Columns().integer("layer", "expert");
        for (String matrix : List.of("gate", "up", "down")) {
            columns.number(matrix + "_norm", matrix + "_rank", matrix + "_rank_error", matrix + "_entropy_rank");
        }
        ParquetTable table = columns.number("router_norm", "router_bias")
                .integer("nearest_expert")
                .number("nearest_cosine")
                .named("experts");
        for (LayerFigures layer : layers) {
            for (ExpertRow row : layer.experts()) {
                Neighbour nearest = row.nearest().isEmpty()
                        ? new Neighbour(-1, Double.NaN)
                        : row.nearest().get(0);
                table.row(
                        layer.layer(),
                        row.expert(),
                        row.gate().frobenius(),
                        row.gate().participationRatio(),
                        row.gate().participationError(),
                        row.gate().entropyRank(),
                        row.up().frobenius(),
                        row.up().participationRatio(),
                        row.up().participationError(),
                        row.up().entropyRank(),
                        row.down().frobenius(),
                        row.down().participationRatio(),
                        row.down().participationError(),
                        row.down().entropyRank(),
                        row.routerNorm(),
                        row.routerBias(),
                        nearest.expert(),
                        nearest.cosine());
            }
        }
        return table.file();
    }
}

package io.retort.jobs.bundle;

import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Figures;
import io.retort.jobs.reports.Report;
import io.retort.jobs.reports.Table;
import java.util.List;

/**
 * What bundle is there.
 *
 * @param job the job's name
 * @param id what it was made from
 * @param completion whether this run wrote it
 * @param name the bundle's
 * @param version the bundle's
 * @param directory where it is
 * @param digest SHA-256 of its SHA256SUMS
 * @param signer the fingerprint of the key that signed it, empty for an unsigned one
 * @param experts in order
 */
public record BundleReport(
        String job,
        String id,
        Completion completion,
        String name,
        String version,
        String directory,
        String digest,
        String signer,
        List<BundledExpert> experts)
        implements Report {

    /** An expert with its exact size. */
    public record BundledExpert(String id, String domain, long parameters, long bytes) {}

    @Override
    public List<Table> tables() {
        return List.of(new Table(
                "Bundle " + name + " " + version + " in " + directory
                        + (signer.isEmpty() ? "" : ", signed by " + signer),
                List.of("expert", "domain", "parameters", "bytes"),
                experts.stream()
                        .map(expert -> List.of(
                                expert.id(),
                                expert.domain(),
                                Figures.count(expert.parameters()),
                                Figures.count(expert.bytes())))
                        .toList()));
    }
}

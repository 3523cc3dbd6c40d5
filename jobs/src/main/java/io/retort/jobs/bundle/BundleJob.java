package io.retort.jobs.bundle;

import io.retort.datasets.storage.Location;
import io.retort.datasets.storage.Storage;
import io.retort.distill.bundling.BundleDraft;
import io.retort.distill.bundling.BundleWriter;
import io.retort.distill.bundling.DraftDocuments;
import io.retort.distill.bundling.DraftExpert;
import io.retort.distill.bundling.WrittenBundle;
import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleIdentity;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.RuntimeVersion;
import io.retort.inference.bundles.SemanticVersion;
import io.retort.inference.bundles.SignerKey;
import io.retort.inference.files.BundleDirectory;
import io.retort.inference.files.BundleSigner;
import io.retort.inference.signing.SigningKey;
import io.retort.jobs.Job;
import io.retort.jobs.JobContext;
import io.retort.jobs.bundle.BundleReport.BundledExpert;
import io.retort.jobs.commands.RetortMain;
import io.retort.jobs.distil.ExpertFiles.StoredExpert;
import io.retort.jobs.distil.Fleet;
import io.retort.jobs.evaluate.ReportFiles;
import io.retort.jobs.reports.Completion;
import io.retort.jobs.reports.Cost;
import io.retort.jobs.reports.Plan;
import io.retort.jobs.route.RouterFiles;
import io.retort.jobs.workspaces.Json;
import io.retort.jobs.workspaces.StorageSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes a bundle. Needs no Spark. */
public final class BundleJob implements Job<BundleSpec, BundleReport> {
    static final String NAME = "bundle";
    private static final int WEIGHT_BYTES = 4;
    private static final int SIGNATURE_BYTES = 161;

    /** Main class for spark-submit, with the options of {@code retort bundle}. */
    public static void main(String[] args) {
        RetortMain.submitted(NAME, args);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Plan plan(BundleSpec spec) throws IOException {
        Storage storage = StorageSettings.ofProcess().open();
        Optional<SemanticVersion> there = there(spec, storage);
        if (there.isPresent()) {
            Location directory = directory(spec, there.get());
            return spec.key().isEmpty() || storage.exists(directory.resolve(BundleNames.SIGNATURE))
                    ? Plan.alreadyDone(NAME, spec.contentId(), directory.value())
                    : new Plan(
                            NAME,
                            spec.contentId(),
                            Completion.TO_DO,
                            List.of("sign bundle " + directory),
                            new Cost(Duration.ofSeconds(1), SIGNATURE_BYTES, 0));
        }
        long bytes = spec.evaluation().router().experts().distilled().stream()
                .mapToLong(expert -> expert.parameters() * WEIGHT_BYTES)
                .sum();
        return new Plan(
                NAME,
                spec.contentId(),
                Completion.TO_DO,
                List.of("write bundle " + directory(spec, version(spec, storage))),
                new Cost(Duration.ofSeconds(1), bytes, 0));
    }

    private static Location directory(BundleSpec spec, SemanticVersion version) {
        return spec.workspace().bundles(spec.name()).resolve(version.toString());
    }

    private static BundleVersions versions(BundleSpec spec, Storage storage) {
        return new BundleVersions(storage, spec.workspace().bundles(spec.name()));
    }

    /** The version that holds the same already; with a version that is asked for, only that one. */
    private static Optional<SemanticVersion> there(BundleSpec spec, Storage storage) throws IOException {
        Optional<SemanticVersion> same = versions(spec, storage).madeFrom(spec.contentId());
        return spec.version().equals(BundleSpec.AUTO)
                ? same
                : same.filter(version -> version.toString().equals(spec.version()));
    }

    private static SemanticVersion version(BundleSpec spec, Storage storage) throws IOException {
        return spec.version().equals(BundleSpec.AUTO)
                ? versions(spec, storage).next()
                : SemanticVersion.parse(spec.version());
    }

    @Override
    public BundleReport execute(BundleSpec spec, JobContext context) throws IOException {
        Storage storage = context.storage();
        Optional<SemanticVersion> there = there(spec, storage);
        try (BundleShelf shelf = BundleShelf.of(storage, spec.workspace(), spec.name())) {
            return there.isPresent() ? signed(spec, shelf, there.get()) : written(spec, context, shelf);
        }
    }

    private static BundleReport signed(BundleSpec spec, BundleShelf shelf, SemanticVersion version) throws IOException {
        Path directory = shelf.open(version);
        boolean added = sign(spec, directory);
        if (added) {
            shelf.publish(version);
        }
        return report(
                spec,
                BundleDirectory.open(directory),
                shelf.location(version),
                added ? Completion.DONE : Completion.ALREADY_DONE);
    }

    private static BundleReport written(BundleSpec spec, JobContext context, BundleShelf shelf) throws IOException {
        Storage storage = context.storage();
        SemanticVersion version = version(spec, storage);
        if (versions(spec, storage).all().contains(version)) {
            shelf.open(version); // for the writer to find what is there
        }
        deleteUnfinished(shelf.root().resolve(spec.name()));
        context.log().input("report", spec.evaluation().reportId());
        WrittenBundle written = new BundleWriter(shelf.root()).write(draft(spec, context, version));
        sign(spec, written.directory());
        shelf.publish(version);
        context.log().output("bundle", written.digest());
        Bundle bundle = BundleDirectory.open(written.directory());
        return report(spec, bundle, shelf.location(version), Completion.DONE);
    }

    /** Returns whether a signature was added: that changes no file of a version, and none is added to another's. */
    private static boolean sign(BundleSpec spec, Path directory) throws IOException {
        Optional<SigningKey> key = spec.key();
        return key.isPresent() && BundleSigner.sign(directory, key.get()) == BundleSigner.Outcome.SIGNED;
    }

    /** Versions are numbered by what is there, so one at a time writes bundles of a name. */
    @Override
    public List<String> leases(BundleSpec spec, String id) {
        return List.of(NAME + "-" + spec.name());
    }

    /** What runs that were killed have left under temporary names; the lease says that nobody is writing. */
    private static void deleteUnfinished(Path bundles) throws IOException {
        if (!Files.isDirectory(bundles)) {
            return;
        }
        Storage local = Storage.local();
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(bundles, ".writing-*")) {
            for (Path directory : unfinished) {
                local.delete(Location.of(directory.toString()));
            }
        }
    }

    private static BundleDraft draft(BundleSpec spec, JobContext context, SemanticVersion version) throws IOException {
        Storage storage = context.storage();
        Location report = spec.workspace().reports(spec.evaluation().reportId());
        List<StoredExpert> experts = Fleet.distilled(spec.evaluation().router().experts(), context.storageSettings())
                .load();
        byte[] evaluation = ReportFiles.evaluation(storage, report);
        byte[] card = ModelCard.of(spec, version.toString(), experts, ReportFiles.summary(storage, report));
        byte[] provenance = Json.pretty(BundleProvenance.of(spec)).getBytes(StandardCharsets.UTF_8);
        return new BundleDraft(
                new BundleIdentity(spec.name(), version, spec.licence(), RuntimeVersion.CURRENT),
                experts.stream()
                        .map(expert -> new DraftExpert(
                                expert.report().name(),
                                expert.report().domain(),
                                expert.config(),
                                List.copyOf(expert.weights().values())))
                        .toList(),
                RouterFiles.read(
                        storage,
                        spec.workspace().router(spec.evaluation().router().routerId())),
                spec.stored(),
                new DraftDocuments(evaluation, card, provenance));
    }

    private static BundleReport report(BundleSpec spec, Bundle bundle, Location directory, Completion completion) {
        List<BundledExpert> experts = bundle.manifest().experts().stream()
                .map(expert -> new BundledExpert(
                        expert.id(),
                        expert.domain(),
                        expert.parameters(),
                        expert.weights().bytes()))
                .toList();
        return new BundleReport(
                NAME,
                spec.contentId(),
                completion,
                spec.name(),
                bundle.manifest().identity().version().toString(),
                directory.value(),
                bundle.digest(),
                bundle.signer().map(SignerKey::fingerprint).orElse(""),
                experts);
    }
}

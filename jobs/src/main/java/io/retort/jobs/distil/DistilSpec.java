package io.retort.jobs.distil;

import com.typesafe.config.Config;
import io.retort.datasets.storage.Location;
import io.retort.jobs.Spec;
import io.retort.jobs.align.AlignSpec;
import io.retort.jobs.config.Choices;
import io.retort.jobs.config.Settings;
import io.retort.jobs.corpora.CorpusSpec;
import io.retort.jobs.workspaces.ContentId;
import io.retort.jobs.workspaces.Workspace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What experts to train.
 *
 * @param bytes the spec of the byte targets; of experts that learn without the teacher, only their corpus is needed
 * @param experts each name once
 * @param schedule what all their trainings share
 * @param earlier rounds, the first one first; in each the teacher scored what the experts of the one before wrote
 */
public record DistilSpec(AlignSpec bytes, List<ExpertSpec> experts, TrainingSchedule schedule, List<DistilSpec> earlier)
        implements Spec {
    /** Raised when equal specs give other experts than before. */
    private static final int VERSION = 3;

    private static final int MOST_ROUNDS = 100;

    public DistilSpec {
        experts = List.copyOf(experts);
        earlier = List.copyOf(earlier);
        Set<String> names = new HashSet<>();
        for (ExpertSpec expert : experts) {
            if (!names.add(expert.name())) {
                throw new IllegalArgumentException("expected experts of different names, found two named "
                        + expert.name() + "; the control of a domain is named as the domain with -ce at its end");
            }
        }
        // A shape that cannot be is found before a long run and not in it.
        experts.forEach(expert -> expert.shape().student());
    }

    /** The spec that the settings make. */
    public static DistilSpec of(Settings settings) {
        Config distil = settings.config().getConfig("distil");
        Control control = Choices.of(Control.class, "retort.distil.control", distil.getString("control"));
        ExpertSpec.Loss loss = ExpertSpec.Loss.of(distil);
        List<ExpertSpec> experts = new ArrayList<>();
        for (String domain : settings.config().getStringList("domains")) {
            ExpertSpec expert = ExpertSpec.of(domain, loss, settings.domain(domain));
            experts.add(expert);
            if (control == Control.CE) {
                experts.add(expert.control());
            }
        }
        int rounds = distil.getInt("rounds");
        if (rounds < 0 || rounds > MOST_ROUNDS) {
            throw new IllegalArgumentException(
                    "expected retort.distil.rounds from 0 to " + MOST_ROUNDS + ", found " + rounds);
        }
        DistilSpec spec =
                new DistilSpec(AlignSpec.of(settings), experts, TrainingSchedule.of(distil, experts), List.of());
        for (int round = 0; round < rounds; round++) {
            spec = spec.next(settings);
        }
        return spec;
    }

    /** Experts of another corpus, trained with these settings. */
    public DistilSpec of(CorpusSpec corpus, List<ExpertSpec> others, InitialWeights begin) {
        return new DistilSpec(bytes.of(bytes.logits().of(corpus)), others, schedule.from(begin), List.of());
    }

    /** The round after this one: the corpus and what these experts write on from its prompts, scored by the teacher. */
    private DistilSpec next(Settings settings) {
        List<DistilSpec> before = new ArrayList<>(earlier);
        before.add(this);
        return new DistilSpec(bytes.of(StudentAuthors.nextRound(settings, this)), experts, schedule, before);
    }

    /**
     * The same trainings with another seed, of the same byte targets.
     *
     * @throws IllegalArgumentException of a later round, whose targets hold what students of the seed wrote
     */
    public DistilSpec withTrainingSeed(long seed) {
        if (!earlier.isEmpty()) {
            throw new IllegalArgumentException("expected a first round, found round " + earlier.size());
        }
        return new DistilSpec(bytes, experts, schedule.withSeed(seed), List.of());
    }

    /**
     * Of the last round only the experts of these domains, controls included, each as it is among all: learnt from the same
     * byte targets, with the same weights, in the same place. Runs of different domains may so share the work.
     *
     * @throws IllegalArgumentException if a domain has no expert here
     */
    public DistilSpec only(List<String> domains) {
        Set<String> known = new TreeSet<>();
        experts.forEach(expert -> known.add(expert.domain()));
        for (String domain : domains) {
            if (!known.contains(domain)) {
                throw new IllegalArgumentException("expected --only to name domains of retort.domains, which are "
                        + String.join(", ", known) + ", found \"" + domain + "\"");
            }
        }
        List<ExpertSpec> some = experts.stream()
                .filter(expert -> domains.contains(expert.domain()))
                .toList();
        return new DistilSpec(bytes, some, schedule, earlier);
    }

    /** All rounds, this one last. */
    public List<DistilSpec> rounds() {
        List<DistilSpec> all = new ArrayList<>(earlier);
        all.add(this);
        return all;
    }

    @Override
    public Workspace workspace() {
        return bytes.workspace();
    }

    /** The corpus' seed; that of the trainings is the schedule's. */
    @Override
    public long seed() {
        return bytes.seed();
    }

    /** Whether any expert learns from the teacher; where none does, there need not be one. */
    public boolean learnsFromTeacher() {
        return experts.stream().anyMatch(expert -> expert.loss().alpha() > 0);
    }

    /** What the experts learn from. */
    public TrainingTexts texts() {
        if (learnsFromTeacher()) {
            return new TrainingTexts.Taught(workspace().bytes(bytes.bytesId()), bytes.bytesId());
        }
        CorpusSpec corpus = bytes.logits().corpus();
        return new TrainingTexts.Untaught(corpus.directory(), corpus.corpusId());
    }

    /** The id of all these experts together. */
    public String expertsId() {
        return idOf(experts);
    }

    /** The id of those that go into a bundle: it is the same with controls and without. */
    public String distilledId() {
        return idOf(distilled());
    }

    /** The id of the experts that are there to be compared with. */
    public String controlsId() {
        return idOf(controls());
    }

    private String idOf(List<ExpertSpec> some) {
        return ContentId.of(
                "experts",
                Map.of(
                        "version",
                        VERSION,
                        "experts",
                        some.stream().map(this::expertId).toList()));
    }

    /** The id of one expert, whatever others are trained besides. */
    public String expertId(ExpertSpec expert) {
        Map<String, Object> madeFrom = new TreeMap<>(Map.of(
                "version",
                VERSION,
                learnsFromTeacher() ? "bytes" : "corpus",
                texts().id(),
                "seed",
                schedule.seed(),
                "expert",
                expert,
                "validateEverySteps",
                schedule.validateEverySteps()));
        if (!schedule.start().digest().isEmpty()) {
            madeFrom.put("start", schedule.start().digest());
        }
        return ContentId.of("expert", madeFrom);
    }

    /** Where an expert is. */
    public Location directory(ExpertSpec expert) {
        return workspace().experts(expert.name() + "-" + expertId(expert));
    }

    /** Those that go into a bundle, in order. */
    public List<ExpertSpec> distilled() {
        return of(Role.EXPERT);
    }

    /** Those that are there to be compared with, in order. */
    public List<ExpertSpec> controls() {
        return of(Role.CONTROL);
    }

    private List<ExpertSpec> of(Role role) {
        return experts.stream().filter(expert -> expert.role() == role).toList();
    }
}

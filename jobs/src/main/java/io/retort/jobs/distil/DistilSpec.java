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

/**
 * What experts to train.
 *
 * @param bytes the spec of the byte targets; of experts that learn without the teacher, only their corpus is needed
 * @param experts each name once
 * @param validateEverySteps updates between two looks at the validation split
 * @param checkpointSeconds between two checkpoints; decides nothing of the result
 * @param start what students begin with
 * @param earlier rounds, the first one first; in each the teacher scored what the experts of the one before wrote
 */
public record DistilSpec(
        AlignSpec bytes,
        List<ExpertSpec> experts,
        int validateEverySteps,
        double checkpointSeconds,
        InitialWeights start,
        List<DistilSpec> earlier)
        implements Spec {
    /** Raised when equal specs give other experts than before. */
    private static final int VERSION = 3;

    private static final int MOST_ROUNDS = 100;

    public DistilSpec {
        experts = List.copyOf(experts);
        earlier = List.copyOf(earlier);
        if (validateEverySteps < 1 || !(checkpointSeconds > 0)) {
            throw new IllegalArgumentException("expected positive retort.distil.validate-every-steps and"
                    + " checkpoint-seconds, found " + validateEverySteps + " and " + checkpointSeconds);
        }
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
        DistilSpec spec = new DistilSpec(
                AlignSpec.of(settings),
                experts,
                distil.getInt("validate-every-steps"),
                distil.getDouble("checkpoint-seconds"),
                InitialWeights.of(distil.getString("init-from"), experts),
                List.of());
        for (int round = 0; round < rounds; round++) {
            spec = spec.next(settings);
        }
        return spec;
    }

    /** Experts of another corpus, trained with these settings. */
    public DistilSpec of(CorpusSpec corpus, List<ExpertSpec> others, InitialWeights begin) {
        return new DistilSpec(
                bytes.of(bytes.logits().of(corpus)), others, validateEverySteps, checkpointSeconds, begin, List.of());
    }

    /** The round after this one: the corpus and what these experts write on from its prompts, scored by the teacher. */
    private DistilSpec next(Settings settings) {
        List<DistilSpec> before = new ArrayList<>(earlier);
        before.add(this);
        return new DistilSpec(
                bytes.of(StudentAuthors.nextRound(settings, this)),
                experts,
                validateEverySteps,
                checkpointSeconds,
                start,
                before);
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

    @Override
    public long seed() {
        return bytes.seed();
    }

    /** Whether any expert learns from the teacher; where none does, there need not be one. */
    boolean learnsFromTeacher() {
        return experts.stream().anyMatch(expert -> expert.loss().alpha() > 0);
    }

    /** What the experts learn from. */
    TrainingTexts texts() {
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
    String expertId(ExpertSpec expert) {
        Map<String, Object> madeFrom = new TreeMap<>(Map.of(
                "version",
                VERSION,
                learnsFromTeacher() ? "bytes" : "corpus",
                texts().id(),
                "seed",
                seed(),
                "expert",
                expert,
                "validateEverySteps",
                validateEverySteps));
        if (!start.digest().isEmpty()) {
            madeFrom.put("start", start.digest());
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

package io.retort.inference.bundles.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.retort.inference.bundles.Bundle;
import io.retort.inference.bundles.BundleException;
import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.BundleVerification;
import io.retort.inference.bundles.MemoryBundleSource;
import io.retort.inference.bundles.hostile.Mutation.Seal;
import io.retort.inference.tensors.StoredType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Thousands of bundles, each wrong in a way that its maker knows. {@code -Dretort.hostile.seed=N} makes those of another seed.
 */
class HostileBundlesTest {
    private static final long SEED = Long.getLong("retort.hostile.seed", 20_261_126L);
    /** Of a kind; one of each is enough to know where to look. */
    private static final int MOST_FAILURES = 2;
    /** Verifying does what opening does, and goes on. */
    private static final int EVERY_NTH = 8;
    /** What opening may allocate: a header of the largest size, a MiB, takes sixty times its bytes on the way through the parser. */
    private static final long MOST_BYTES = 96L << 20;

    private final AllocationMeter allocation = new AllocationMeter();
    private final Set<String> contents = new HashSet<>();
    private final SortedMap<String, Integer> byKind = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private final Map<String, Integer> failuresByKind = new TreeMap<>();
    private long mostAllocated;
    private String hungriest = "";

    private static void generate(Consumer<Mutation> sink) {
        Random random = new Random(SEED);
        for (StoredType stored : List.of(StoredType.F32, StoredType.INT8)) {
            BaseBundle base = new BaseBundle(stored, random, sink);
            TensorMutations.generate(base);
            if (stored == StoredType.INT8) {
                new FileMutations(base).generate();
                new ManifestMutations(base).generate();
                new SignatureMutations(base).generate();
                for (String path : List.of(
                        BundleNames.MANIFEST,
                        BundleNames.config("math"),
                        BundleNames.config("chat"),
                        BundleNames.ROUTER_CONFIG)) {
                    new JsonMutations(
                                    base.content(path),
                                    random,
                                    (kind, detail, document) -> base.emitSealed(kind, path, detail, document))
                            .generate();
                }
            }
        }
    }

    private void meet(Mutation mutation) {
        SortedMap<String, byte[]> files = mutation.files().get();
        if (!contents.add(Mutation.content(files))) {
            return;
        }
        byKind.merge(mutation.kind(), 1, Integer::sum);
        MemoryBundleSource source = new MemoryBundleSource(files);
        long before = allocation.bytes();
        try {
            Bundle.open(source, mutation.trust());
            fail(mutation, "opened");
        } catch (BundleException e) {
            if (e.getMessage().length() > 2000 || e.getMessage().chars().anyMatch(Character::isISOControl)) {
                fail(mutation, "refused with a message that is no line: " + e.getMessage());
            }
            if (mutation.seal() == Seal.RIGHT && e.getMessage().contains("expected SHA-256 ")) {
                fail(mutation, "refused for a digest that should be right: " + e.getMessage());
            }
        } catch (Throwable e) {
            // Whatever it is, it is not what is promised, and it is reported below.
            fail(mutation, "refused with " + e);
        }
        long allocated = allocation.bytes() - before;
        if (contents.size() % EVERY_NTH == 0) {
            verify(mutation, source);
        }
        if (allocated > mostAllocated) {
            mostAllocated = allocated;
            hungriest = mutation.toString();
        }
        if (allocated > MOST_BYTES) {
            fail(mutation, "took " + allocated + " bytes");
        }
    }

    private void verify(Mutation mutation, MemoryBundleSource source) {
        try {
            if (BundleVerification.of(source, mutation.trust()).passed()) {
                fail(mutation, "verified");
            }
        } catch (Throwable e) {
            fail(mutation, "verified with " + e);
        }
    }

    private void fail(Mutation mutation, String how) {
        if (failuresByKind.merge(mutation.kind(), 1, Integer::sum) <= MOST_FAILURES) {
            failures.add(mutation + ": " + how);
        }
    }

    @Test
    void everyOneOfThousandsOfMutationsIsRefusedWithTheTypedErrorAndLittleMemory(TestReporter reporter) {
        generate(this::meet);
        reporter.publishEntry("kinds", byKind.toString());
        reporter.publishEntry("mutations", contents.size() + ", most allocated " + mostAllocated + " by " + hungriest);
        assertThat(failures).as("seed %d", SEED).isEmpty();
        assertThat(mostAllocated).as("bytes that were counted").isGreaterThan(100_000);
        assertThat(contents).as("distinct mutations of seed %d", SEED).hasSizeGreaterThan(5000);
        assertThat(byKind).as("kinds of seed %d", SEED).hasSizeGreaterThan(50);
    }

    /** Were the bundles that are spoilt not sound, or sealing not right, everything would be refused. */
    @Test
    void theBundlesThatAreSpoiltAreSoundAndSoIsWhatIsSealedAgain() {
        for (StoredType stored : List.of(StoredType.F32, StoredType.INT8)) {
            BaseBundle base = new BaseBundle(stored, new Random(SEED), mutation -> {});
            assertThat(open(base.files()).experts()).hasSize(2);
            assertThat(Bundle.open(new MemoryBundleSource(base.signed()), BaseBundle.OWNER)
                            .signer())
                    .contains(BaseBundle.KEY.signer());
            SortedMap<String, byte[]> resealed = base.files();
            assertThat(BaseBundle.seal(resealed)).containsExactlyEntriesOf(base.files());
            // The lowest bit of a weight makes another number of it, and the bundle sound when it is sealed.
            for (String path :
                    List.of(BundleNames.weights("math"), BundleNames.weights("chat"), BundleNames.ROUTER_WEIGHTS)) {
                SortedMap<String, byte[]> changed = base.files();
                byte[] weights = base.content(path).clone();
                weights[weights.length - 4] ^= 1;
                changed.put(path, weights);
                assertThat(open(BaseBundle.seal(changed)).experts()).hasSize(2);
            }
        }
    }

    @Test
    void theSameSeedMakesTheSameMutations() {
        List<Map.Entry<String, String>> first = new ArrayList<>();
        List<Map.Entry<String, String>> second = new ArrayList<>();
        generate(mutation -> first.add(Map.entry(mutation.kind(), mutation.detail())));
        generate(mutation -> second.add(Map.entry(mutation.kind(), mutation.detail())));
        assertThat(second).isEqualTo(first);
    }

    private static Bundle open(SortedMap<String, byte[]> files) {
        return Bundle.open(new MemoryBundleSource(files));
    }
}

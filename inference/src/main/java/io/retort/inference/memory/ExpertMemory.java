package io.retort.inference.memory;

import io.retort.inference.bundles.BundleException;
import io.retort.inference.bundles.Expert;
import io.retort.inference.students.Student;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The experts of a bundle within a bound of memory. Who reads holds all the experts of a text at once, and the memory of the text
 * with them, so that nobody waits for another while holding anything; an expert is decoded by one thread for all that ask; what
 * is held is never given up, unless its holder said that it may be. Thread-safe.
 */
public final class ExpertMemory {
    /** Compressed files take at most this part of the memory: they are worth nothing without room to decode them. */
    private static final int COMPRESSED_SHARE = 2;

    private final MemoryOptions options;
    private final Slot[] slots;

    /** Holds that may be given up, the longest unused first. */
    private final Set<ExpertHold> idle = new LinkedHashSet<>();

    private final long fileBytes;
    private final boolean everythingFits;
    private long expertBytes;
    private long compressedBytes;
    private long textBytes;
    private long clock;
    private long loads;
    private long evictions;

    /**
     * A memory of these experts, which decodes all of them where all have room.
     *
     * @throws BundleException where one can no longer be read
     * @throws MemoryLimitException where not even the largest has room
     */
    public ExpertMemory(List<Expert> experts, MemoryOptions options) {
        this.options = options;
        this.slots = new Slot[experts.size()];
        for (int e = 0; e < slots.length; e++) {
            slots[e] = new Slot(experts.get(e));
        }
        long all = 0;
        long largest = 0;
        long files = 0;
        for (Expert expert : experts) {
            all += expert.bytes();
            largest = Math.max(largest, expert.bytes());
            files += expert.file().heldBytes();
        }
        fileBytes = files;
        if (largest > options.maxBytes() - files) {
            throw new MemoryLimitException("expected at least " + (largest + files)
                    + " bytes of memory for the largest expert and what the bundle holds, found a bound of "
                    + options.maxBytes());
        }
        everythingFits = all <= options.maxBytes() - files && slots.length <= options.maxExperts();
        if (everythingFits) {
            for (int e = 0; e < slots.length; e++) {
                hold(new int[] {e}, 0).close();
            }
        }
    }

    /**
     * Returns experts that are decoded and stay so until the hold is closed.
     *
     * @param experts by index, each once
     * @param text bytes that will be allocated to read with them
     * @throws MemoryLimitException where that is more than the bound
     * @throws BundleException where an expert can no longer be read, or is no longer as it was
     */
    public ExpertHold hold(int[] experts, long text) {
        long all = fileBytes + text;
        for (int expert : experts) {
            all += slots[expert].expert.bytes();
        }
        if (all > options.maxBytes()) {
            throw new MemoryLimitException("expected experts and text of at most " + options.maxBytes()
                    + " bytes, the bound, found " + all + ", of which " + text + " are the text's");
        }
        reserve(experts, text);
        Student[] students = new Student[experts.length];
        try {
            for (int i = 0; i < experts.length; i++) {
                students[i] = loaded(slots[experts[i]]);
            }
        } catch (RuntimeException | Error e) {
            release(experts, text);
            throw e;
        }
        return new ExpertHold(this, experts.clone(), students, text);
    }

    /** Returns what is held now. */
    public synchronized MemoryUsage usage() {
        int decoded = 0;
        int compressed = 0;
        for (Slot slot : slots) {
            decoded += slot.student == null ? 0 : 1;
            compressed += slot.compressed.length == 0 && slot.expert.file().heldBytes() == 0 ? 0 : 1;
        }
        return new MemoryUsage(
                options.maxBytes(),
                decoded,
                expertBytes,
                compressed,
                compressedBytes + fileBytes,
                textBytes,
                loads,
                evictions);
    }

    private synchronized void reserve(int[] experts, long text) {
        addHolders(experts, 1);
        for (int expert : experts) {
            slots[expert].lastUse = ++clock;
        }
        while (!makeRoom(missing(experts) + text)) {
            // Not to be in the way of others while waiting, nor where the waiter throws.
            addHolders(experts, -1);
            options.waiter().await(this);
            addHolders(experts, 1);
        }
        for (int expert : experts) {
            count(slots[expert]);
        }
        textBytes += text;
        keepFew();
    }

    private void addHolders(int[] experts, int change) {
        for (int expert : experts) {
            slots[expert].holders += change;
        }
    }

    private long missing(int[] experts) {
        long bytes = 0;
        for (int expert : experts) {
            bytes += slots[expert].counted ? 0 : slots[expert].expert.bytes();
        }
        return bytes;
    }

    private void count(Slot slot) {
        if (!slot.counted) {
            slot.counted = true;
            expertBytes += slot.expert.bytes();
        }
    }

    synchronized void release(int[] experts, long text) {
        for (int expert : experts) {
            Slot slot = slots[expert];
            slot.holders--;
            if (slot.holders == 0 && slot.student == null && slot.counted) {
                slot.counted = false;
                expertBytes -= slot.expert.bytes();
            }
        }
        textBytes -= text;
        keepFew();
        notifyAll();
    }

    synchronized void idle(ExpertHold hold) {
        idle.add(hold);
        notifyAll();
    }

    /** Returns whether a hold that was idle is still there; then it is no longer idle. */
    synchronized boolean resume(ExpertHold hold) {
        return idle.remove(hold);
    }

    /**
     * Gives up what nobody holds, the longest unused first, decoded experts before compressed ones, and idle holds last, until
     * there is room.
     */
    private boolean makeRoom(long bytes) {
        while (free() < bytes) {
            Slot decoded = longestUnused(false);
            Slot compressed = longestUnused(true);
            if (decoded != null) {
                giveUp(decoded);
            } else if (compressed != null) {
                compressedBytes -= compressed.compressed.length;
                compressed.compressed = new byte[0];
            } else if (!idle.isEmpty()) {
                ExpertHold hold = idle.iterator().next();
                idle.remove(hold);
                hold.giveUp();
            } else {
                return false;
            }
        }
        return true;
    }

    private void giveUp(Slot decoded) {
        decoded.student = null;
        decoded.counted = false;
        expertBytes -= decoded.expert.bytes();
        evictions++;
    }

    /** Gives up what nobody holds, the longest unused first, until no more experts are decoded than may stay. */
    private void keepFew() {
        int many = -options.maxExperts();
        for (Slot slot : slots) {
            many += slot.counted ? 1 : 0;
        }
        for (Slot slot = longestUnused(false); many > 0 && slot != null; slot = longestUnused(false)) {
            giveUp(slot);
            many--;
        }
    }

    private long free() {
        return options.maxBytes() - fileBytes - expertBytes - compressedBytes - textBytes;
    }

    private @Nullable Slot longestUnused(boolean compressed) {
        Slot found = null;
        for (Slot slot : slots) {
            boolean candidate = compressed ? slot.compressed.length > 0 : slot.holders == 0 && slot.student != null;
            if (candidate && (found == null || slot.lastUse < found.lastUse)) {
                found = slot;
            }
        }
        return found;
    }

    /** Returns the student of an expert that the caller holds, decoded by this thread or by another. */
    private Student loaded(Slot slot) {
        byte[] compressed;
        synchronized (this) {
            while (slot.loading) {
                options.waiter().await(this);
            }
            if (slot.student != null) {
                return slot.student;
            }
            slot.loading = true;
            compressed = slot.compressed;
        }
        Student student = null;
        byte[] kept = compressed;
        try {
            byte[] file = compressed.length == 0
                    ? slot.expert.file().read()
                    : options.compression()
                            .decompress(compressed, slot.expert.file().bytes());
            student = slot.expert.open(file);
            kept = compressed.length > 0 || !worthCompressing(file.length)
                    ? compressed
                    : options.compression().compress(file);
        } finally {
            finish(slot, student, kept);
        }
        return student;
    }

    /** Whether a file that compresses to half its size could be kept. */
    private synchronized boolean worthCompressing(int fileLength) {
        return !everythingFits && compressedBytes + fileLength / 2 <= options.maxBytes() / COMPRESSED_SHARE;
    }

    private synchronized void finish(Slot slot, @Nullable Student student, byte[] kept) {
        slot.loading = false;
        slot.student = student;
        loads += student == null ? 0 : 1;
        boolean room = kept.length <= free() && compressedBytes + kept.length <= options.maxBytes() / COMPRESSED_SHARE;
        if (slot.compressed.length == 0 && kept.length > 0 && room) {
            slot.compressed = kept;
            compressedBytes += kept.length;
        }
        notifyAll();
    }
}

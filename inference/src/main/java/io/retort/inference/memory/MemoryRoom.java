package io.retort.inference.memory;

import io.retort.inference.bundles.Expert;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts what experts and texts take, and gives up what nobody holds where there is no other room: experts, the longest unused
 * first, decoded ones before compressed ones, and holds that rest last. Guarded by its {@link ExpertMemory}.
 */
final class MemoryRoom {
    /** Compressed files take at most this part of the memory: they are worth nothing without room to decode them. */
    private static final int COMPRESSED_SHARE = 2;

    /** Of a file that is also compressed: itself, room for what becomes of it, and that in its own length. */
    private static final int COPIES = 3;

    final Slot[] slots;

    /** What the bundle holds itself. */
    final long fileBytes;

    long expertBytes;
    long compressedBytes;
    long textBytes;

    /** Of files and copies of them, which those that decode have for a moment. */
    long decodingBytes;

    long evictions;

    private final MemoryOptions options;

    /** Holds that may be given up, the longest unused first. */
    private final Set<ExpertHold> resting = new LinkedHashSet<>();

    private long restingTextBytes;
    private long clock;

    MemoryRoom(List<Expert> experts, MemoryOptions options) {
        this.options = options;
        this.slots = new Slot[experts.size()];
        long files = 0;
        for (int e = 0; e < slots.length; e++) {
            slots[e] = new Slot(experts.get(e));
            files += slots[e].expert.file().heldBytes();
        }
        fileBytes = files;
    }

    /** Returns the bytes of files that decoding an expert takes for a moment: experts of a text are decoded one after the other. */
    long decoding(Slot slot) {
        if (slot.expert.file().heldBytes() > 0) {
            return 0;
        }
        return (long) slot.expert.file().bytes() * (options.compression() == Compression.NONE ? 1 : COPIES);
    }

    /** Returns whether there is room for what a call needs, where what nobody holds is given up. */
    boolean fits(MemoryWait call) {
        addHolders(call.experts, 1);
        boolean fits = missing(call.experts) + call.text + decoding(call.experts) <= free() + unheld();
        addHolders(call.experts, -1);
        return fits;
    }

    /** Takes room that {@link #fits}; returns how much of it is for decoding alone. */
    long take(MemoryWait call) {
        int[] experts = call.experts;
        addHolders(experts, 1);
        long decoding = decoding(experts);
        make(missing(experts) + call.text + decoding);
        for (int expert : experts) {
            Slot slot = slots[expert];
            slot.lastUse = ++clock;
            count(slot);
        }
        textBytes += call.text;
        decodingBytes += decoding;
        keepFew();
        return decoding;
    }

    /** Counts the bytes of an expert that is or will be decoded, once. */
    void count(Slot slot) {
        if (!slot.counted) {
            slot.counted = true;
            expertBytes += slot.expert.bytes();
        }
    }

    private long missing(int[] experts) {
        long bytes = 0;
        for (int expert : experts) {
            bytes += slots[expert].counted ? 0 : slots[expert].expert.bytes();
        }
        return bytes;
    }

    private long decoding(int[] experts) {
        long most = 0;
        for (int expert : experts) {
            most = slots[expert].student == null ? Math.max(most, decoding(slots[expert])) : most;
        }
        return most;
    }

    /** Gives back what {@link #take} took, but for the memory of decoding. */
    void giveBack(int[] experts, long text) {
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
    }

    void rest(ExpertHold hold) {
        resting.add(hold);
        addResting(hold, 1);
    }

    /** Returns whether a hold that rested is still there; then it no longer rests. */
    boolean resume(ExpertHold hold) {
        boolean there = resting.remove(hold);
        if (there) {
            addResting(hold, -1);
        }
        return there;
    }

    /** Returns what can be given up for nobody: what is held, but for holds that rest. */
    long held() {
        return options.maxBytes() - free() - unheld();
    }

    /** Keeps a compressed file where it has room without anything being given up. */
    void keep(Slot slot, byte[] compressed) {
        if (slot.compressed.length == 0 && compressed.length <= free() && mayKeep(compressed.length)) {
            slot.compressed = compressed;
            compressedBytes += compressed.length;
        }
    }

    /** Returns whether so many bytes more of compressed files would be no more than may be. */
    boolean mayKeep(int bytes) {
        return compressedBytes + bytes <= options.maxBytes() / COMPRESSED_SHARE;
    }

    private void addHolders(int[] experts, int change) {
        for (int expert : experts) {
            slots[expert].holders += change;
        }
    }

    private void addResting(ExpertHold hold, int change) {
        restingTextBytes += change * hold.textBytes();
        for (int expert : hold.experts()) {
            slots[expert].resting += change;
        }
    }

    private void make(long bytes) {
        while (free() < bytes) {
            Slot decoded = longestUnused(false);
            Slot compressed = longestUnused(true);
            if (decoded != null) {
                giveUp(decoded);
            } else if (compressed != null) {
                compressedBytes -= compressed.compressed.length;
                compressed.compressed = new byte[0];
            } else {
                ExpertHold hold = resting.iterator().next();
                resume(hold);
                hold.giveUp();
            }
        }
    }

    /** Returns the bytes of what nobody holds that does not rest. */
    private long unheld() {
        long bytes = compressedBytes + restingTextBytes;
        for (Slot slot : slots) {
            bytes += slot.counted && slot.holders == slot.resting ? slot.expert.bytes() : 0;
        }
        return bytes;
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
        return options.maxBytes() - fileBytes - expertBytes - compressedBytes - textBytes - decodingBytes;
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
}

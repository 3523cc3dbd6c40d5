package io.retort.inference.memory;

import io.retort.inference.bundles.BundleException;
import io.retort.inference.bundles.CheckedStudents;
import io.retort.inference.bundles.Expert;
import io.retort.inference.students.Student;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The experts of a bundle within a bound of memory. Who reads holds all the experts of a text at once, and the memory of the text
 * with them, so that nobody waits for another while holding a part of what it needs; an expert is decoded by one thread for all that
 * ask; what is held is never given up, unless its holder said that it may be. Thread-safe.
 *
 * <p><b>Who waits, and how long.</b> Calls for which there is no room wait in the order in which they came, each as long as its {@link
 * Patience} says. A later call for which there is room may pass earlier ones for which there is none, so that a small text need
 * not stand behind a large one while memory lies idle; but a call is passed at most {@value #MOST_PASSES} times. From then on what
 * is given back is kept for it, so that no stream of small texts starves a large one. A text that rested and goes on passes all that
 * wait; where one of them may no longer be passed, the memory of that text is given up instead.
 *
 * <p>A thread that holds an answer open and begins another may wait for itself, or for a call that waits for the first answer and
 * may no longer be passed. No order can tell such threads from others, and so it is time that ends this: whoever came first gets
 * its {@link MemoryWaitException} first, and what it stood in the way of goes on.
 */
public final class ExpertMemory {
    /** How many later calls may be served before one that waits. */
    private static final int MOST_PASSES = 8;

    private final MemoryOptions options;
    private final MemoryRoom room;

    /** Calls that wait, the earliest first. */
    private final List<MemoryWait> line = new ArrayList<>();

    private final boolean everythingFits;
    private long loads;

    /**
     * A memory of these experts, which decodes all of them where all have room.
     *
     * @throws BundleException where one can no longer be read
     * @throws MemoryLimitException where not even the largest has room
     */
    public ExpertMemory(List<Expert> experts, MemoryOptions options) {
        this(new MemoryRoom(experts, options), options);
        decodeAll();
    }

    /**
     * The same, which takes those that were decoded while their bundle was opened where all have room.
     *
     * @throws BundleException where one was not kept and can no longer be read
     * @throws MemoryLimitException where not even the largest has room
     */
    public ExpertMemory(List<Expert> experts, MemoryOptions options, CheckedStudents students) {
        this(new MemoryRoom(experts, options), options);
        for (Slot slot : room.slots) {
            if (everythingFits) {
                students.take(slot.expert).ifPresent(student -> install(slot, student));
            }
        }
        decodeAll();
    }

    private ExpertMemory(MemoryRoom room, MemoryOptions options) {
        this.options = options;
        this.room = room;
        long all = 0;
        long largest = 0;
        long decoding = 0;
        for (Slot slot : room.slots) {
            all += slot.expert.bytes();
            largest = Math.max(largest, slot.expert.bytes() + room.decoding(slot));
            decoding = Math.max(decoding, room.decoding(slot));
        }
        long bound = options.maxBytes() - room.fileBytes;
        if (largest > bound) {
            throw new MemoryLimitException("expected at least " + (largest + room.fileBytes)
                    + " bytes of memory for the largest expert and what the bundle holds, found a bound of "
                    + options.maxBytes());
        }
        everythingFits = all + decoding <= bound && room.slots.length <= options.maxExperts();
    }

    private void decodeAll() {
        for (int e = 0; e < room.slots.length && everythingFits; e++) {
            hold(new int[] {e}, 0).close();
        }
    }

    private synchronized void install(Slot slot, Student student) {
        room.count(slot);
        slot.student = student;
        loads++;
    }

    /** Returns experts as {@link #hold(int[], long, Patience)} does, waiting for them with {@link Patience#STANDARD}. */
    public ExpertHold hold(int[] experts, long text) {
        return hold(experts, text, Patience.STANDARD);
    }

    /**
     * Returns experts that are decoded and stay so until the hold is closed.
     *
     * @param experts by index, each once
     * @param text bytes that will be allocated to read with them
     * @param patience how long to wait where others hold what this needs
     * @throws MemoryLimitException where that is more than the bound
     * @throws MemoryWaitException where others held it for longer than {@code patience} has
     * @throws BundleException where an expert can no longer be read, or is no longer as it was
     */
    public ExpertHold hold(int[] experts, long text, Patience patience) {
        long all = room.fileBytes + text;
        long decoding = 0;
        for (int expert : experts) {
            all += room.slots[expert].expert.bytes();
            decoding = Math.max(decoding, room.decoding(room.slots[expert]));
        }
        if (all > options.maxBytes() - decoding) {
            throw new MemoryLimitException("expected experts and text of at most " + options.maxBytes()
                    + " bytes, the bound, found " + (all + decoding) + ", of which " + text + " are the text's");
        }
        MemoryWait call = new MemoryWait(this, experts.clone(), text, patience);
        long reserved = reserve(call);
        Student[] students = new Student[experts.length];
        boolean done = false;
        try {
            for (int i = 0; i < experts.length; i++) {
                students[i] = loaded(room.slots[experts[i]], call);
            }
            done = true;
        } finally {
            endDecoding(reserved);
            if (!done) {
                release(experts, text);
            }
        }
        return new ExpertHold(this, call.experts, students, text);
    }

    /** Returns what is held now. */
    public synchronized MemoryUsage usage() {
        int decoded = 0;
        int compressed = 0;
        for (Slot slot : room.slots) {
            decoded += slot.student == null ? 0 : 1;
            compressed += slot.compressed.length == 0 && slot.expert.file().heldBytes() == 0 ? 0 : 1;
        }
        return new MemoryUsage(
                options.maxBytes(),
                decoded,
                room.expertBytes + room.decodingBytes,
                compressed,
                room.compressedBytes + room.fileBytes,
                room.textBytes,
                loads,
                room.evictions);
    }

    /** Returns what a call waits for: what it needs, the bound, and what is given up for nobody. */
    synchronized String situation(MemoryWait call) {
        long bytes = call.text;
        for (int expert : call.experts) {
            bytes += room.slots[expert].expert.bytes();
        }
        return "expected " + bytes + " bytes of memory for " + call.experts.length + " experts and their text, found "
                + room.held() + " of at most " + options.maxBytes() + " bytes held by other answers";
    }

    /** Returns how much of what was taken is for decoding alone. */
    private synchronized long reserve(MemoryWait call) {
        if (!line.isEmpty() || !room.fits(call)) {
            awaitTurn(call);
        }
        return room.take(call);
    }

    /** Left out of the build for hosts of one thread, where nobody else could give anything back. */
    private void awaitTurn(MemoryWait call) {
        line.add(call);
        try {
            while (!isNext(call)) {
                options.waiter().await(this, call);
            }
        } finally {
            line.remove(call);
            // Whoever may not pass this one any more may go on.
            notifyAll();
        }
    }

    /** Waits for the thread that decodes an expert. Left out as the other is: one thread does not meet itself here. */
    private void awaitTurn(Slot slot, MemoryWait call) {
        while (slot.loading) {
            options.waiter().await(this, call);
        }
    }

    /** Returns whether there is room for a call and for none that came before; then these have been passed. */
    private boolean isNext(MemoryWait call) {
        int earlier = 0;
        while (earlier < line.size() && line.get(earlier) != call) {
            MemoryWait each = line.get(earlier);
            if (each.passed >= MOST_PASSES || room.fits(each)) {
                return false;
            }
            earlier++;
        }
        boolean fits = room.fits(call);
        for (int i = 0; fits && i < earlier; i++) {
            line.get(i).passed++;
        }
        return fits;
    }

    private synchronized void endDecoding(long reserved) {
        room.decodingBytes -= reserved;
        notifyAll();
    }

    synchronized void release(int[] experts, long text) {
        room.giveBack(experts, text);
        notifyAll();
    }

    synchronized void rest(ExpertHold hold) {
        room.rest(hold);
        notifyAll();
    }

    /** Returns whether a hold that rested is still there; then it no longer rests, and goes before nobody. */
    synchronized boolean wake(ExpertHold hold) {
        return room.resume(hold);
    }

    /**
     * Returns whether a hold that rested is still there and goes on, which passes all that wait. Where one of them was passed often
     * enough it is given up for it.
     */
    synchronized boolean resume(ExpertHold hold) {
        boolean there = room.resume(hold);
        boolean mayPass = true;
        for (int i = 0; there && i < line.size(); i++) {
            mayPass &= line.get(i).passed++ < MOST_PASSES;
        }
        if (!mayPass) {
            hold.giveUp();
        }
        return there && mayPass;
    }

    /** Returns the student of an expert that the caller holds, decoded by this thread or by another. */
    private Student loaded(Slot slot, MemoryWait call) {
        byte[] compressed;
        synchronized (this) {
            if (slot.loading) {
                awaitTurn(slot, call);
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
        return !everythingFits && room.mayKeep(fileLength / 2);
    }

    private synchronized void finish(Slot slot, @Nullable Student student, byte[] kept) {
        slot.loading = false;
        slot.student = student;
        loads += student == null ? 0 : 1;
        if (kept.length > 0) {
            room.keep(slot, kept);
        }
        notifyAll();
    }
}

package io.retort.jobs.leases;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Who holds a lease, as it stands in the lease's file.
 *
 * @param id of this one holding
 * @param run the run it is held for
 * @param host the machine's name, for people
 * @param machine what tells whether a process id means the same process: the boot and the space of process ids
 * @param pid the process
 * @param startedMillis when the process started, since ids are used again; 0 where the system does not tell
 * @param beat how often the holder has said that it is there
 */
public record Holder(String id, String run, String host, String machine, long pid, long startedMillis, long beat) {
    private static final long CLOCK_TOLERANCE_MILLIS = 5_000;
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path PROCESS_SPACE = Path.of("/proc/self/ns/pid");

    /** A new holding by this process. */
    static Holder thisProcess(String run) {
        ProcessHandle process = ProcessHandle.current();
        return new Holder(
                UUID.randomUUID().toString(),
                run,
                hostName(),
                machineOfThisProcess(),
                process.pid(),
                started(process),
                0);
    }

    /** The same, having said once more that it is there. */
    Holder beating() {
        return new Holder(id, run, host, machine, pid, startedMillis, beat + 1);
    }

    /** Whether the process certainly is no more; of one on another machine nothing is certain. */
    boolean isDead() {
        if (!machine.equals(machineOfThisProcess())) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            return true;
        }
        long started = started(process.get());
        return startedMillis != 0 && started != 0 && Math.abs(started - startedMillis) > CLOCK_TOLERANCE_MILLIS;
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String machineOfThisProcess() {
        try {
            return Files.readString(BOOT).strip() + " " + Files.readSymbolicLink(PROCESS_SPACE);
        } catch (IOException | UnsupportedOperationException e) {
            // Systems without /proc.
            return hostName();
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return InetAddress.getLoopbackAddress().getHostName();
        }
    }

    @Override
    public String toString() {
        return "process " + pid + " on " + host;
    }
}

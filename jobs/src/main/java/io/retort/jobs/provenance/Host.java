package io.retort.jobs.provenance;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A machine.
 *
 * @param name its name
 * @param system operating system and architecture
 * @param java runtime version
 * @param processors as this process sees them
 */
public record Host(String name, String system, String java, int processors) {
    /** This one. */
    public static Host current() {
        return new Host(
                hostName(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.version().toString(),
                Runtime.getRuntime().availableProcessors());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine without an entry for its own name is no reason to fail; the loopback name is true of it too.
            return InetAddress.getLoopbackAddress().getHostName();
        }
    }
}

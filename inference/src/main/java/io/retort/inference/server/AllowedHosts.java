package io.retort.inference.server;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names that a server answers to. A page of another site can make a browser send requests to a server of its own machine: by a
 * name of the page's own that leads there (DNS rebinding), which the Host field shows, or across sites, which the Origin field shows.
 * Immutable.
 */
final class AllowedHosts {
    private final Set<String> names = new TreeSet<>();
    private final boolean anyAddress;

    /** The names of who listens at {@code address}, and {@code more}. */
    AllowedHosts(InetSocketAddress address, Set<String> more) {
        names.addAll(Set.of("localhost", "127.0.0.1", "[::1]"));
        names.add(name(address.getHostString()));
        names.add(name(address.getAddress().getHostAddress()));
        more.forEach(name -> names.add(name(name)));
        anyAddress = address.getAddress().isAnyLocalAddress();
    }

    /** In lower case, an address of IPv6 in the brackets that it has in a URL. */
    private static String name(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
    }

    /** Returns whether a host with or without a port, as in a Host field, is one of the names. */
    boolean hasAuthority(String authority) {
        String host = host(authority).toLowerCase(Locale.ROOT);
        // Who listens at all addresses cannot list them; no address is a name that somebody else's DNS made lead here.
        return names.contains(host) || anyAddress && isAddress(host);
    }

    /** Returns whether an Origin field is of a page that came from one of the names. */
    boolean hasOrigin(String origin) {
        int slashes = origin.indexOf("://");
        return slashes >= 0 && hasAuthority(origin.substring(slashes + 3));
    }

    private static String host(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }

    /** Browsers take a host whose last part is a number for an address of IPv4, and refuse it where it is none. */
    private static boolean isAddress(String host) {
        return host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]");
    }

    @Override
    public String toString() {
        return names + (anyAddress ? " or an address" : "");
    }
}

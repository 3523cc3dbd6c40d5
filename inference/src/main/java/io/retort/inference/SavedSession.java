package io.retort.inference;

import io.retort.inference.bundles.Bundle;
import io.retort.inference.digests.Sha256;
import io.retort.inference.ensembles.TextReader;
import io.retort.inference.routing.ExpertChoice;
import io.retort.inference.routing.Novelty;
import io.retort.inference.routing.Routing;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sessions as bytes, numbers high byte first, texts in UTF-8 behind their length in two bytes:
 *
 * <pre>
 * "RETORTSN"  magic
 * u16         version, 1
 * text        name and version of the bundle, for who reads an error
 * 64 bytes    digest of the bundle, hexadecimal
 * u8          selection: 0 routed, followed by u32 most; 1 all with equal weights; 2 one, followed by its id as a text
 * u16         experts that were chosen, each u16 index, f64 weight
 * f64         confidence
 * u8          1 where a novelty follows as f64 score, f64 threshold; 0
 * u32         symbols that its text may have
 * u32         bytes that chose the experts
 * u32         length of the text, and the text
 * 32 bytes    SHA-256 of all before
 * </pre>
 *
 * <p>The experts that were chosen are there because the router's choice depends on a history that goes on. Nothing of the
 * experts' memory is: ADR 17 says why. Stateless.
 */
final class SavedSession {
    private static final byte[] MAGIC = "RETORTSN".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int DIGEST_BYTES = 32;
    private static final int MAX_NAME = 256;
    private static final int ROUTED = 0;
    private static final int UNIFORM = 1;
    private static final int FIXED = 2;

    private SavedSession() {}

    static byte[] write(Bundle bundle, SessionStart start, byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(MAGIC, 0, MAGIC.length);
        number(out, VERSION, 2);
        text(out, name(bundle));
        out.write(bundle.digest().getBytes(StandardCharsets.US_ASCII), 0, 2 * DIGEST_BYTES);
        if (start.selection() instanceof ExpertSelection.Routed routed) {
            number(out, ROUTED, 1);
            number(out, routed.most(), 4);
        } else if (start.selection() instanceof ExpertSelection.Fixed fixed) {
            number(out, FIXED, 1);
            text(out, fixed.expert());
        } else {
            number(out, UNIFORM, 1);
        }
        write(out, start.routing());
        number(out, start.maxSymbols(), 4);
        number(out, start.contextBytes(), 4);
        number(out, text.length, 4);
        out.write(text, 0, text.length);
        byte[] sum = digest(out.toByteArray(), out.size());
        out.write(sum, 0, sum.length);
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, Routing routing) {
        number(out, routing.choices().size(), 2);
        for (ExpertChoice choice : routing.choices()) {
            number(out, choice.index(), 2);
            number(out, Double.doubleToLongBits(choice.weight()), 8);
        }
        number(out, Double.doubleToLongBits(routing.confidence()), 8);
        number(out, routing.novelty().isPresent() ? 1 : 0, 1);
        if (routing.novelty().isPresent()) {
            number(out, Double.doubleToLongBits(routing.novelty().get().score()), 8);
            number(out, Double.doubleToLongBits(routing.novelty().get().threshold()), 8);
        }
    }

    /** @throws SavedSessionException for anything that {@link #write} has not written of this bundle, as far as it can be told */
    static Session read(Retort retort, byte[] saved) {
        int end = saved.length - DIGEST_BYTES;
        if (end < MAGIC.length + 2 || !Arrays.equals(Arrays.copyOf(saved, MAGIC.length), MAGIC)) {
            throw new SavedSessionException(
                    "expected a saved session, which begins with RETORTSN, found " + saved.length + " other bytes");
        }
        SavedBytes in = new SavedBytes(saved, MAGIC.length, end);
        int version = in.unsigned(2, "the version");
        if (version != VERSION) {
            throw new SavedSessionException(
                    "expected a saved session of version " + VERSION + ", found one of version " + version);
        }
        byte[] sum = Arrays.copyOfRange(saved, end, saved.length);
        if (!Arrays.equals(digest(saved, end), sum)) {
            throw new SavedSessionException("expected a saved session as it was written, found " + saved.length
                    + " bytes with another checksum");
        }
        requireBundle(retort.bundle(), in);
        try {
            return session(retort, in);
        } catch (IllegalArgumentException e) {
            throw new SavedSessionException("expected a saved session that can be: " + e.getMessage(), e);
        }
    }

    private static void requireBundle(Bundle bundle, SavedBytes in) {
        String name = in.text("the bundle's name");
        String digest = new String(in.bytes(2 * DIGEST_BYTES, "the bundle's digest"), StandardCharsets.ISO_8859_1);
        // They may come from anybody, and stand in the error.
        if (!isPrintable(name, MAX_NAME) || !isPrintable(digest, 2 * DIGEST_BYTES)) {
            throw new SavedSessionException("expected the name and the digest of a bundle, found other bytes");
        }
        if (!digest.equals(bundle.digest())) {
            throw new SavedSessionException("expected a session of the bundle " + name(bundle) + " with the digest "
                    + bundle.digest() + ", found one of " + name + " with " + digest);
        }
    }

    private static Session session(Retort retort, SavedBytes in) {
        ExpertSelection selection = selection(in);
        Routing routing = routing(in, retort.bundle().router().config().experts());
        int maxSymbols = in.unsigned(4, "its bound");
        int contextBytes = in.unsigned(4, "the length of its prompt");
        byte[] text = in.bytes(in.unsigned(4, "the length of its text"), "its text");
        in.requireEnd();
        SessionStart start = new SessionStart(selection, routing, contextBytes, maxSymbols)
                .within(retort.textOptions().maxSymbols());
        // An answer may end one symbol beyond the bound.
        if (contextBytes > text.length || TextReader.symbolsOf(text) > maxSymbols + 1) {
            throw new SavedSessionException("expected a text of at least " + contextBytes + " bytes and at most "
                    + maxSymbols + " symbols, found " + text.length + " bytes and " + TextReader.symbolsOf(text)
                    + " symbols");
        }
        boolean chosen = selection instanceof ExpertSelection.Routed;
        if (!chosen && !retort.route(new byte[0], selection).equals(routing)) {
            throw new SavedSessionException("expected the experts of " + selection + ", found " + routing.choices());
        }
        return new Session(retort, start, text);
    }

    private static ExpertSelection selection(SavedBytes in) {
        int kind = in.unsigned(1, "the selection");
        return switch (kind) {
            case ROUTED -> new ExpertSelection.Routed(in.unsigned(4, "the number of experts"));
            case UNIFORM -> new ExpertSelection.Uniform();
            case FIXED -> new ExpertSelection.Fixed(in.text("the expert"));
            default -> throw new SavedSessionException("expected a selection of 0 to 2, found " + kind);
        };
    }

    private static Routing routing(SavedBytes in, List<String> experts) {
        int count = in.unsigned(2, "the number of experts");
        List<ExpertChoice> choices = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < count; i++) {
            int index = in.unsigned(2, "an expert's index");
            double weight = in.real("an expert's weight");
            if (index >= experts.size() || !(weight > 0) || !seen.add(index)) {
                throw new SavedSessionException("expected an expert of 0 to " + (experts.size() - 1)
                        + ", once and with a weight above 0, found expert " + index + " with " + weight);
            }
            choices.add(new ExpertChoice(experts.get(index), index, weight));
        }
        double confidence = in.real("the confidence");
        int novelty = in.unsigned(1, "whether there is a novelty");
        if (novelty > 1) {
            throw new SavedSessionException("expected 0 or 1 novelties, found " + novelty);
        }
        Optional<Novelty> found = novelty == 0
                ? Optional.empty()
                : Optional.of(new Novelty(in.real("the novelty"), in.real("the novelty's threshold")));
        return new Routing(choices, confidence, found);
    }

    /** A loop, for a regular expression brings all of java.util.regex into what browsers load. */
    private static boolean isPrintable(String text, int most) {
        boolean printable = !text.isEmpty() && text.length() <= most;
        for (int i = 0; i < text.length() && printable; i++) {
            printable = text.charAt(i) >= ' ' && text.charAt(i) <= '~';
        }
        return printable;
    }

    private static String name(Bundle bundle) {
        return bundle.manifest().identity().name() + " "
                + bundle.manifest().identity().version();
    }

    private static byte[] digest(byte[] bytes, int length) {
        String hex = new Sha256().update(bytes, 0, length).hex();
        byte[] digest = new byte[DIGEST_BYTES];
        for (int i = 0; i < digest.length; i++) {
            digest[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        return digest;
    }

    private static void number(ByteArrayOutputStream out, long value, int width) {
        for (int i = width - 1; i >= 0; i--) {
            out.write((int) (value >> 8 * i));
        }
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(out, utf8.length, 2);
        out.write(utf8, 0, utf8.length);
    }
}

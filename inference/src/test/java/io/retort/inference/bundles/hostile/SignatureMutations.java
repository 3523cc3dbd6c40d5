package io.retort.inference.bundles.hostile;

import static io.retort.inference.bundles.hostile.BaseBundle.ANYONE;
import static io.retort.inference.bundles.hostile.BaseBundle.KEY;
import static io.retort.inference.bundles.hostile.BaseBundle.OWNER;

import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.TinyBundle;
import io.retort.inference.signing.SigningKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;

/** What happens to SHA256SUMS.sig, and to bundles that were signed. */
final class SignatureMutations {
    private static final String HEADER = "retort-signature 1 ed25519";
    private static final BigInteger ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private final BaseBundle base;
    private final byte[] sound;
    private final byte[] key = KEY.signer().bytes();
    private final byte[] signature;

    SignatureMutations(BaseBundle base) {
        this.base = base;
        this.sound = base.signed().getOrDefault(BundleNames.SIGNATURE, new byte[0]);
        this.signature = KEY.sign(base.content(BundleNames.CHECKSUMS)).signature();
    }

    void generate() {
        for (int at = 0; at < sound.length; at++) {
            byte[] flipped = sound.clone();
            flipped[at] ^= (byte) (1 << base.random.nextInt(8));
            emit("signature's bit", "byte " + at, flipped);
            emit("signature truncated", "to " + at, Arrays.copyOf(sound, at));
        }
        bytes();
        keys();
        texts();
        content();
    }

    private void emit(String kind, String detail, byte[] file) {
        SortedMap<String, byte[]> files = base.files();
        files.put(BundleNames.SIGNATURE, file);
        base.emit(kind, detail, files, base.random.nextBoolean() ? OWNER : ANYONE);
    }

    private void emit(String kind, String detail, byte[] publicKey, byte[] signed) {
        Base64.Encoder encoder = Base64.getEncoder();
        String file = HEADER + "\n" + encoder.encodeToString(publicKey) + "\n" + encoder.encodeToString(signed) + "\n";
        emit(kind, detail, file.getBytes(StandardCharsets.US_ASCII));
    }

    /** A bit of the raw key or of R and S; lengths; an S that is another number of the same remainder. */
    private void bytes() {
        for (int bit = 0; bit < 8 * signature.length; bit += 3) {
            byte[] flipped = signature.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            emit("bit of R or S", bit + "", key, flipped);
        }
        for (int bit = 0; bit < 8 * key.length; bit += 3) {
            byte[] flipped = key.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            emit("bit of the key", bit + "", flipped, signature);
        }
        for (int length : new int[] {0, 1, 31, 32, 63, 65, 128}) {
            emit("length of the signature", length + "", key, Arrays.copyOf(signature, length));
        }
        for (int length : new int[] {0, 1, 31, 33, 44}) {
            emit("length of the key", length + "", Arrays.copyOf(key, length), signature);
        }
        byte[] twin = signature.clone();
        byte[] reversed = new byte[33];
        for (int i = 0; i < 32; i++) {
            reversed[32 - i] = signature[32 + i];
        }
        BigInteger s = new BigInteger(reversed).add(ORDER);
        for (int i = 0; i < 32; i++) {
            twin[32 + i] = s.shiftRight(8 * i).byteValue();
        }
        emit("S that is not reduced", "S + L", key, twin);
    }

    /** Keys that anybody can sign for, points in two ways, and somebody else's. */
    private void keys() {
        String identity = "01" + "00".repeat(31);
        String[] weak = {
            identity,
            "ec" + "ff".repeat(30) + "7f",
            "00".repeat(32),
            "00".repeat(31) + "80",
            "01" + "00".repeat(30) + "80",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            "ec" + "ff".repeat(31),
            "ed" + "ff".repeat(30) + "7f",
            "ee" + "ff".repeat(30) + "7f",
            "ff".repeat(32),
            "ee" + "ff".repeat(31)
        };
        for (String point : weak) {
            // For the identity R = identity and S = 0 is a signature of everything.
            byte[] forged = HexFormat.of().parseHex(identity + "00".repeat(32));
            emit("weak key", point, HexFormat.of().parseHex(point), forged);
            emit("weak key", point + " and a signature", HexFormat.of().parseHex(point), signature);
        }
        for (int i = 0; i < 20; i++) {
            SigningKey other = SigningKey.generate();
            SortedMap<String, byte[]> files = base.files();
            files.put(
                    BundleNames.SIGNATURE,
                    other.sign(base.content(BundleNames.CHECKSUMS)).toBytes());
            base.emit("another's signature", i + "", files, OWNER);
            emit("another's key", i + "", other.signer().bytes(), signature);
        }
        base.emit("no signature", "", base.files(), OWNER);
    }

    private void texts() {
        String text = new String(sound, StandardCharsets.US_ASCII);
        String[] lines = text.split("\n");
        List<String> others = List.of(
                "\n" + text,
                text + "\n",
                text + text,
                text.replace("\n", "\r\n"),
                text.strip(),
                text.replace("\n", " \n"),
                lines[0] + "\n" + lines[2] + "\n" + lines[1] + "\n",
                lines[1] + "\n" + lines[2] + "\n",
                text.replace("=", ""),
                text.replace("+", "-").replace("/", "_") + "#",
                text.replace(HEADER, "untrusted comment: x"),
                text.replace("ed25519", "rsa"),
                text.replace(" 1 ", " 0 "),
                "\ufeff" + text,
                text.replace("=\n", "==\n"),
                "x".repeat(1024),
                "x".repeat(1025),
                "\n".repeat(1000),
                "{\"key\":\"" + lines[1] + "\"}");
        for (String other : others) {
            emit("text of the signature", other, other.getBytes(StandardCharsets.UTF_8));
        }
        // The same bytes in base64 that is not canonical: the bits behind the last byte are not zero.
        int last = lines[1].length() - 2;
        String next = lines[1].substring(0, last) + (char) (lines[1].charAt(last) + 1) + "=";
        emit("base64 that is not canonical", next, text.replace(lines[1], next).getBytes(StandardCharsets.US_ASCII));
    }

    /** A sound signature of what was there before. */
    private void content() {
        for (String path : base.files().keySet()) {
            if (!path.equals(BundleNames.CHECKSUMS) && !path.equals(BundleNames.MANIFEST)) {
                SortedMap<String, byte[]> files = base.signed();
                byte[] changed = Arrays.copyOf(files.getOrDefault(path, new byte[0]), base.content(path).length + 1);
                files.put(path, changed);
                files.remove(BundleNames.SIGNATURE);
                BaseBundle.seal(files);
                files.put(BundleNames.SIGNATURE, sound);
                base.emit("signature of another content", path, files, base.random.nextBoolean() ? OWNER : ANYONE);
            }
            SortedMap<String, byte[]> replayed = base.signed();
            byte[] damaged = replayed.getOrDefault(path, new byte[0]).clone();
            damaged[base.random.nextInt(damaged.length)] ^= 32;
            replayed.put(path, damaged);
            base.emit("damage behind a signature", path, replayed, OWNER);
        }
        SortedMap<String, byte[]> listed = base.signed();
        base.emit("signature among the digests", "", TinyBundle.sum(listed), ANYONE);
    }
}

package io.retort.inference.bundles.hostile;

import io.retort.inference.bundles.BundleNames;
import io.retort.inference.bundles.TinyBundle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** What happens to whole files, and to their list in SHA256SUMS. */
final class FileMutations {
    private static final int FLIPS = 60;
    private static final int CUTS = 25;

    private final BaseBundle base;
    private final List<String> paths;

    FileMutations(BaseBundle base) {
        this.base = base;
        this.paths = List.copyOf(base.files().keySet());
    }

    void generate() {
        for (String path : paths) {
            flips(path);
            cuts(path);
            SortedMap<String, byte[]> missing = base.files();
            missing.remove(path);
            base.emit("missing file", path, missing);
            if (!path.equals(BundleNames.CHECKSUMS)) {
                SortedMap<String, byte[]> summed = base.files();
                summed.remove(path);
                base.emit("missing file, summed", path, TinyBundle.sum(summed));
            }
        }
        swaps();
        extras();
        for (int line = 0; line < paths.size() - 1; line++) {
            checksumLine(line);
        }
    }

    private void flips(String path) {
        byte[] content = base.content(path);
        for (int i = 0; i < Math.min(FLIPS, 8 * content.length); i++) {
            int bit = base.random.nextInt(8 * content.length);
            byte[] flipped = content.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            SortedMap<String, byte[]> files = base.files();
            files.put(path, flipped);
            base.emit("flipped bit", path + " bit " + bit, files);
        }
    }

    private void cuts(String path) {
        byte[] content = base.content(path);
        for (int i = 0; i < CUTS; i++) {
            int length = i < 3 ? Math.min(i, content.length - 1) : base.random.nextInt(content.length);
            SortedMap<String, byte[]> files = base.files();
            files.put(path, Arrays.copyOf(content, length));
            base.emit("truncated file", path + " to " + length, files);
        }
        for (int added : new int[] {1, 7, 4096}) {
            SortedMap<String, byte[]> files = base.files();
            files.put(path, Arrays.copyOf(content, content.length + added));
            base.emit("extended file", path + " by " + added, files);
        }
    }

    private void swaps() {
        for (String one : paths) {
            for (String other : paths) {
                // Equal contents change nothing.
                if (one.compareTo(other) < 0 && !Arrays.equals(base.content(one), base.content(other))) {
                    SortedMap<String, byte[]> files = base.files();
                    files.put(one, base.content(other));
                    files.put(other, base.content(one));
                    base.emit("swapped files", one + " and " + other, files);
                }
            }
        }
    }

    private void extras() {
        List<String> names = new ArrayList<>(List.of(
                "",
                ".",
                "..",
                "../x",
                "../../etc/passwd",
                "/etc/passwd",
                "experts/../../x",
                "experts/../manifest.json",
                "./manifest.json",
                "experts//math.json",
                "experts\\math.json",
                "C:\\x",
                "C:x",
                "\\\\host\\share",
                "x\0y",
                "manifest.json\0",
                "a\nb",
                "a\rb",
                "\u001b[2J",
                "manifest.json ",
                "manifest.json.",
                " manifest.json",
                "manifest\u200b.json",
                "m\u0430nifest.json",
                "experts",
                "experts/",
                "experts/new.json",
                "experts/new.safetensors",
                "experts/math",
                "experts/math.json.bak",
                "experts/.hidden",
                ".hidden",
                "SHA256SUMS.asc",
                "SHA256SUMS.sig.sig",
                "Main.class",
                "experts/a/b/c/d/e/f",
                "\ud800",
                "-rf",
                "~",
                "con",
                "nul.json"));
        for (String path : paths) {
            names.add(
                    path.toUpperCase(Locale.ROOT).equals(path)
                            ? path.toLowerCase(Locale.ROOT)
                            : path.toUpperCase(Locale.ROOT));
            names.add(path + "~");
            names.add("copy/" + path);
            names.add(path + "/" + path);
        }
        names.add("x".repeat(5000));
        for (String name : names) {
            SortedMap<String, byte[]> files = base.files();
            files.put(name, new byte[] {'x'});
            base.emit("extra file", name, files);
            if (!name.equals(BundleNames.CHECKSUMS)) {
                SortedMap<String, byte[]> summed = base.files();
                summed.put(name, new byte[] {'x'});
                base.emit("extra file, summed", name, TinyBundle.sum(summed));
            }
        }
        SortedMap<String, byte[]> many = base.files();
        for (int i = 0; i < BundleNames.MAX_FILES; i++) {
            many.put("f" + i, new byte[0]);
        }
        base.emit("extra file", "too many", many);
    }

    private void checksumLine(int number) {
        String[] all = base.text(BundleNames.CHECKSUMS).split("\n");
        String line = all[number];
        String digest = line.substring(0, 64);
        String path = line.substring(66);
        String[] others = {
            "",
            line + "\n" + line,
            digest.toUpperCase(Locale.ROOT).replace('0', 'O') + "  " + path,
            digest + " " + path,
            digest + "\t" + path,
            digest + " *" + path,
            digest + "   " + path,
            "  " + path,
            digest.substring(1) + "  " + path,
            digest + "0  " + path,
            line + "\r",
            line + " ",
            "# comment\n" + line,
            digest + "  ../" + path,
            digest + "  /" + path,
            digest + "  ./" + path,
            digest + "  " + path + "/",
            digest + "  x/../" + path,
            digest + "  " + path.replace("/", "//") + "x",
            digest + "  " + path.replace('m', 'M') + "M",
            digest + "  " + path + "\0",
            digest + "  ",
            digest,
            "0".repeat(64) + "  " + path,
            "g".repeat(64) + "  " + path,
            "\ufeff" + line,
            line.replace("  ", "\u00a0 "),
            digest + "  " + "a/".repeat(2000) + path
        };
        for (String other : others) {
            all[number] = other;
            SortedMap<String, byte[]> files = base.files();
            files.put(BundleNames.CHECKSUMS, (String.join("\n", all) + "\n").getBytes(StandardCharsets.UTF_8));
            base.emit("line of SHA256SUMS", number + ": " + other, files);
        }
        if (number > 0) {
            String[] swapped = base.text(BundleNames.CHECKSUMS).split("\n");
            swapped[number] = swapped[number - 1];
            swapped[number - 1] = line;
            SortedMap<String, byte[]> files = base.files();
            files.put(BundleNames.CHECKSUMS, (String.join("\n", swapped) + "\n").getBytes(StandardCharsets.UTF_8));
            base.emit("line of SHA256SUMS", number + " before " + (number - 1), files);
        }
    }
}

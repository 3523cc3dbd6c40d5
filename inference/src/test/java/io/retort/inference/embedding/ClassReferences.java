package io.retort.inference.embedding;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The classes that a class file names, by its constant pool (Java Virtual Machine Specification, section 4.4). */
final class ClassReferences {
    private static final Pattern DESCRIPTOR = Pattern.compile("L([A-Za-z_$][\\w$]*(?:/[\\w$]+)+)[;<]");

    private ClassReferences() {}

    /** Returns names with slashes: those of class constants, and those in descriptors and signatures. */
    static Set<String> of(byte[] classFile) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        if (in.readInt() != 0xCAFEBABE) {
            throw new IOException("expected a class file");
        }
        in.skipNBytes(4);
        int constants = in.readUnsignedShort();
        String[] texts = new String[constants];
        Set<Integer> classes = new TreeSet<>();
        for (int i = 1; i < constants; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts[i] = in.readUTF();
                case 7 -> classes.add(in.readUnsignedShort());
                case 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++; // a long or a double takes two places
                }
                default -> throw new IOException("expected a constant, found tag " + tag);
            }
        }
        Set<String> names = new TreeSet<>();
        for (int index : classes) {
            if (!texts[index].startsWith("[")) {
                names.add(texts[index]);
            }
        }
        for (String text : texts) {
            if (text != null) {
                Matcher matcher = DESCRIPTOR.matcher(text);
                while (matcher.find()) {
                    names.add(matcher.group(1));
                }
            }
        }
        return names;
    }
}

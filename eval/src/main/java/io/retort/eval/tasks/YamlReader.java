package io.retort.eval.tasks;

import io.retort.eval.tasks.YamlValue.Mapping;
import io.retort.eval.tasks.YamlValue.Scalar;
import io.retort.eval.tasks.YamlValue.Sequence;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads the plain part of YAML 1.1, by the resolver that PyYAML has too: mappings, lists, texts, numbers, booleans and nothing.
 * Anchors, aliases, merges, tags, duplicate keys and second documents are refused, and so is what is larger or deeper than any
 * task, before it takes memory.
 */
final class YamlReader {
    /** Bytes of a file. */
    static final int LARGEST = 1 << 20;

    private static final int DEEPEST = 20;

    private final String file;

    private YamlReader(String file) {
        this.file = file;
    }

    /**
     * Reads a file whose root is a mapping.
     *
     * @throws IllegalArgumentException with file and line for anything else
     */
    static Mapping read(String file, byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw new IllegalArgumentException(
                    file + ": expected a task of at most " + LARGEST + " bytes, found " + bytes.length);
        }
        YamlReader reader = new YamlReader(file);
        YamlValue value = reader.value(reader.compose(text(file, bytes)));
        if (value instanceof Mapping mapping) {
            return mapping;
        }
        throw value.place().refusal("expected the keys of a task, found " + value.kind());
    }

    private static String text(String file, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ": expected UTF-8, found other bytes", e);
        }
    }

    private Node compose(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setNestingDepthLimit(DEEPEST);
        try {
            Node root = new Composer(new ParserImpl(new StreamReader(text), options), new Resolver(), options)
                    .getSingleNode();
            if (root == null) {
                throw new Place(file, 1).refusal("expected the keys of a task, found nothing");
            }
            return root;
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new IllegalArgumentException(
                    new Place(file, line) + ": expected YAML, found: " + oneLine(e.getProblem()), e);
        } catch (YAMLException e) {
            throw new IllegalArgumentException(file + ": expected YAML, found: " + oneLine(e.getMessage()), e);
        }
    }

    private static String oneLine(@org.jspecify.annotations.Nullable String message) {
        return message == null ? "a fault" : message.lines().findFirst().orElse("a fault");
    }

    private Place place(Node node) {
        return new Place(file, node.getStartMark().getLine() + 1);
    }

    private YamlValue value(Node node) {
        Place place = place(node);
        if (node.getAnchor() != null) {
            throw place.refusal("expected values written out, found the anchor &" + node.getAnchor());
        }
        if (node instanceof MappingNode mapping && node.getTag().equals(Tag.MAP)) {
            return mapping(place, mapping);
        }
        if (node instanceof SequenceNode sequence && node.getTag().equals(Tag.SEQ)) {
            List<YamlValue> elements = new ArrayList<>();
            for (Node element : sequence.getValue()) {
                elements.add(value(element));
            }
            return new Sequence(place, elements);
        }
        if (node instanceof ScalarNode scalar) {
            return new Scalar(place, type(place, scalar), scalar.getValue());
        }
        throw place.refusal("expected no tag, found " + node.getTag());
    }

    private Mapping mapping(Place place, MappingNode node) {
        Map<String, Mapping.Member> members = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            YamlValue key = value(tuple.getKeyNode());
            if (!(key instanceof Scalar scalar) || scalar.type() == Scalar.Type.NULL) {
                throw key.place().refusal("expected a name as key, found " + key.kind());
            }
            if (members.containsKey(scalar.text())) {
                throw key.place().refusal("expected each key once, found " + scalar.text() + " again");
            }
            members.put(scalar.text(), new Mapping.Member(key.place(), value(tuple.getValueNode())));
        }
        return new Mapping(place, members);
    }

    private static Scalar.Type type(Place place, ScalarNode node) {
        Tag tag = node.getTag();
        if (tag.equals(Tag.STR)) {
            return Scalar.Type.TEXT;
        }
        if (tag.equals(Tag.INT) && node.getValue().matches("[-+]?(0|[1-9][0-9]{0,17})")) {
            return Scalar.Type.INTEGER;
        }
        if (tag.equals(Tag.FLOAT)
                && node.getValue().matches("[-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?|[-+]?[0-9]+\\.")) {
            return Scalar.Type.NUMBER;
        }
        if (tag.equals(Tag.BOOL)) {
            return Scalar.Type.BOOLEAN;
        }
        if (tag.equals(Tag.NULL)) {
            return Scalar.Type.NULL;
        }
        throw place.refusal("expected a text, a decimal number, true, false or nothing, found " + node.getValue()
                + " of type " + tag.getValue().replace("tag:yaml.org,2002:", "")
                + "; put a text into quotes");
    }
}

package io.retort.datasets.suites;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retort.datasets.corpus.Document;
import java.util.ArrayList;
import java.util.List;

/** Picks one of two to four declared tools for a request and copies the request's values into a JSON call. */
public final class ToolUseSuite implements Suite {

    static final String DOMAIN = "tool-use";
    private static final String TASK = "call";
    private static final String DIGITS = "0123456789";

    private final Checker checker = new ToolCallChecker();

    @Override
    public String domain() {
        return DOMAIN;
    }

    @Override
    public List<String> tasks() {
        return List.of(TASK);
    }

    @Override
    public Document document(long seed, long index) {
        Draws draws = Draws.of(DOMAIN, seed, index);
        List<ToolCatalogue.Tool> tools = draws.sample(ToolCatalogue.TOOLS, draws.between(2, 4));
        List<ToolSchema> schemas = new ArrayList<>();
        StringBuilder prompt = new StringBuilder();
        for (ToolCatalogue.Tool tool : tools) {
            ToolSchema schema = declared(draws, tool);
            schemas.add(schema);
            prompt.append(schema.text()).append('\n');
        }
        int chosen = draws.below(tools.size());
        ToolCatalogue.Tool tool = tools.get(chosen);
        String request = draws.pick(tool.requests());
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < tool.slots().size(); i++) {
            String mark = "{" + i + "}";
            if (request.contains(mark)) {
                ToolSchema.Parameter parameter =
                        schemas.get(chosen).parameters().get(i);
                String value = value(draws, tool.slots().get(i));
                request = request.replace(mark, value);
                if (parameter.type() == ToolSchema.Type.INTEGER) {
                    arguments.put(parameter.name(), Integer.parseInt(value));
                } else {
                    arguments.put(parameter.name(), value);
                }
            }
        }
        ObjectNode call = JsonNodeFactory.instance.objectNode();
        call.put("name", tool.name());
        call.set("arguments", arguments);
        prompt.append("User: ").append(request).append('\n');
        return Item.of(TASK, prompt.toString(), call.toString()).in(DOMAIN);
    }

    @Override
    public Checker checker() {
        return checker;
    }

    private static ToolSchema declared(Draws draws, ToolCatalogue.Tool tool) {
        List<ToolSchema.Parameter> parameters = new ArrayList<>();
        for (ToolCatalogue.Slot slot : tool.slots()) {
            ToolSchema.Type type = switch (slot.kind()) {
                case COUNT, AMOUNT -> ToolSchema.Type.INTEGER;
                case CHOICE -> ToolSchema.Type.CHOICE;
                case PLACE, PERSON, WORD, CODE -> ToolSchema.Type.STRING;
            };
            parameters.add(new ToolSchema.Parameter(draws.pick(slot.names()), slot.presence(), type, slot.choices()));
        }
        return new ToolSchema(tool.name(), parameters);
    }

    private static String value(Draws draws, ToolCatalogue.Slot slot) {
        return switch (slot.kind()) {
            case PLACE -> Lexicon.capitalised(Lexicon.invented(draws, draws.between(2, 3)));
            case PERSON ->
                draws.percent(50)
                        ? draws.pick(Lexicon.NAMES)
                        : Lexicon.capitalised(Lexicon.invented(draws, draws.between(2, 3)));
            case WORD -> Lexicon.invented(draws, draws.between(2, 3));
            case CODE -> code(draws);
            case COUNT -> Integer.toString(draws.between(2, 99));
            case AMOUNT -> Integer.toString(draws.between(100, 999));
            case CHOICE -> draws.pick(slot.choices());
        };
    }

    private static String code(Draws draws) {
        StringBuilder code = new StringBuilder(Lexicon.invented(draws, 1));
        for (int i = draws.between(2, 4); i > 0; i--) {
            code.append(DIGITS.charAt(draws.below(DIGITS.length())));
        }
        return code.toString();
    }
}

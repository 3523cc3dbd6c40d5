package io.retort.inference.tools;

import io.retort.inference.constraints.AnyBytes;
import io.retort.inference.constraints.ByteConstraint;
import io.retort.inference.constraints.Either;
import io.retort.inference.constraints.Literals;
import io.retort.inference.constraints.Sequence;
import io.retort.inference.constraints.TextState;
import io.retort.inference.json.JsonValue.JsonString;
import io.retort.inference.schemas.JsonSchema;
import io.retort.inference.schemas.JsonSchema.AnyOfSchema;
import io.retort.inference.schemas.JsonSchema.EnumSchema;
import io.retort.inference.schemas.JsonSchema.ObjectSchema;
import io.retort.inference.schemas.JsonSchema.OtherMembers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a model may write where it can call tools. An answer is told from a call by its first byte. Immutable. */
final class ToolConstraints {
    static final String NAME = "name";
    static final String ARGUMENTS = "arguments";

    private final JsonSchema calls;
    private final TextState call;
    private final TextState answer;

    ToolConstraints(List<ToolDeclaration> tools, ToolFormat format) {
        List<JsonSchema> alternatives = new ArrayList<>();
        for (ToolDeclaration tool : tools) {
            Map<String, JsonSchema> members = new LinkedHashMap<>();
            members.put(NAME, new EnumSchema(List.of(new JsonString(tool.name()))));
            members.put(ARGUMENTS, tool.arguments());
            alternatives.add(new ObjectSchema(members, members.keySet(), OtherMembers.REFUSED));
        }
        calls = new AnyOfSchema(alternatives);
        ByteConstraint json = calls.constraint();
        String opening = format.beforeCall() + "{";
        call = format.beforeCall().isEmpty()
                ? json.start()
                : Sequence.of(Literals.of(List.of(format.beforeCall())), json);
        answer = AnyBytes.notBeginningWith(opening.getBytes(StandardCharsets.UTF_8)[0] & 0xFF);
    }

    /** What every call matches. */
    JsonSchema calls() {
        return calls;
    }

    /** A call and nothing else. */
    ByteConstraint call() {
        return () -> call;
    }

    /** An answer and no call. */
    ByteConstraint answer() {
        return () -> answer;
    }

    /** A call or an answer. */
    ByteConstraint either() {
        TextState both = Either.of(List.of(call, answer));
        return () -> both;
    }

    /** Whether {@code text} begins as only a call does. */
    boolean begins(byte[] text) {
        return text.length > 0 && answer.next(text[0] & 0xFF).refused();
    }
}

package io.retort.inference.schemas;

import io.retort.inference.constraints.Literals;
import io.retort.inference.constraints.TextState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An object as it is written: its members in their order, of which those that are not required may be left out. */
final class ObjectForm {
    /** Whether a member has to be there. */
    enum Presence {
        REQUIRED,
        OPTIONAL
    }

    /**
     * A member.
     *
     * @param name as it is written, with its quotes and the colon
     * @param length of the name in bytes
     */
    record Member(String name, int length, Form value, Presence presence) {
        int shortest() {
            return length + value.shortest();
        }
    }

    private final List<Member> members;

    /** What follows the value of the member before [member], at the least: required members and the closing brace. */
    private final int[] rest;

    /** How far the names go that may follow where those before [member] are done with: to behind the first that is required. */
    private final int[] ends;

    /** The names of all members; absent where there is none. */
    private final Optional<Literals> names;

    ObjectForm(List<Member> members) {
        this.members = List.copyOf(members);
        rest = new int[members.size() + 1];
        rest[members.size()] = 1;
        ends = new int[members.size()];
        int end = members.size();
        for (int m = members.size() - 1; m >= 0; m--) {
            Member member = members.get(m);
            boolean required = member.presence() == Presence.REQUIRED;
            rest[m] = rest[m + 1] + (required ? 1 + member.shortest() : 0);
            end = required ? m + 1 : end;
            ends[m] = end;
        }
        List<String> texts = new ArrayList<>();
        for (Member member : members) {
            texts.add(member.name());
        }
        names = texts.isEmpty() ? Optional.empty() : Optional.of(Literals.of(texts));
    }

    /** One of the names that may follow where the members before {@code from}, which is one, are done with. */
    private Literals namesFrom(int from) {
        return names.orElseThrow().startAmong(from, ends[from]);
    }

    TextState start() {
        return new Outside(this);
    }

    /** Whether the object may close where the members before {@code member} are done with. */
    private boolean mayClose(int member) {
        return rest[member] == 1;
    }

    /** Before the opening brace. */
    private record Outside(ObjectForm form) implements TextState {
        @Override
        public TextState next(int value) {
            return value == '{' ? new Opened(form) : REFUSED;
        }

        @Override
        public int shortest() {
            return 1 + new Opened(form).shortest();
        }
    }

    /** Behind the opening brace. */
    private record Opened(ObjectForm form) implements TextState {
        @Override
        public TextState next(int value) {
            if (value == '}') {
                return form.mayClose(0) ? ENDED : REFUSED;
            }
            return form.members.isEmpty() ? REFUSED : Name.start(form, 0).next(value);
        }

        @Override
        public int shortest() {
            return form.mayClose(0) ? 1 : Name.start(form, 0).shortest();
        }
    }

    /** In the name of a member. */
    private record Name(ObjectForm form, Literals name) implements TextState {
        static Name start(ObjectForm form, int from) {
            return new Name(form, form.namesFrom(from));
        }

        @Override
        public TextState next(int value) {
            if (!(name.next(value) instanceof Literals next)) {
                return REFUSED;
            }
            if (!next.complete()) {
                return new Name(form, next);
            }
            int member = next.index();
            return new Value(form, member, form.members.get(member).value().start());
        }

        @Override
        public int shortest() {
            return name.shortest(i -> form.members.get(i).value().shortest() + form.rest[i + 1]);
        }
    }

    /** In or before the value of a member. */
    private record Value(ObjectForm form, int member, TextState state) implements TextState {
        @Override
        public TextState next(int value) {
            if (state.complete()) {
                if (value == '}') {
                    return form.mayClose(member + 1) ? ENDED : REFUSED;
                }
                if (value == ',') {
                    return member + 1 < form.members.size() ? Name.start(form, member + 1) : REFUSED;
                }
            }
            TextState next = state.next(value);
            return next.refused() ? REFUSED : new Value(form, member, next);
        }

        @Override
        public int shortest() {
            return state.shortest() + form.rest[member + 1];
        }
    }
}

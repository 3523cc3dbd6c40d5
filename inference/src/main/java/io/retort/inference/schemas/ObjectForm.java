package io.retort.inference.schemas;

import io.retort.inference.constraints.Literals;
import io.retort.inference.constraints.TextState;
import java.util.ArrayList;
import java.util.List;

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

    /** The names that may follow where those before [member] are done with: up to the first that is required. */
    private final List<Literals> names = new ArrayList<>();

    ObjectForm(List<Member> members) {
        this.members = List.copyOf(members);
        rest = new int[members.size() + 1];
        rest[members.size()] = 1;
        for (int m = members.size() - 1; m >= 0; m--) {
            Member member = members.get(m);
            rest[m] = rest[m + 1] + (member.presence() == Presence.REQUIRED ? 1 + member.shortest() : 0);
        }
        for (int m = 0; m < members.size(); m++) {
            List<String> possible = new ArrayList<>();
            boolean more = true;
            for (int next = m; more && next < members.size(); next++) {
                possible.add(members.get(next).name());
                more = members.get(next).presence() == Presence.OPTIONAL;
            }
            names.add(Literals.of(possible));
        }
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

    /** In the name of a member that is not before {@code from}. */
    private record Name(ObjectForm form, int from, Literals name) implements TextState {
        static Name start(ObjectForm form, int from) {
            return new Name(form, from, form.names.get(from));
        }

        @Override
        public TextState next(int value) {
            if (!(name.next(value) instanceof Literals next)) {
                return REFUSED;
            }
            if (!next.complete()) {
                return new Name(form, from, next);
            }
            int member = from + next.index();
            return new Value(form, member, form.members.get(member).value().start());
        }

        @Override
        public int shortest() {
            return name.shortest(i -> form.members.get(from + i).value().shortest() + form.rest[from + i + 1]);
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

package io.retort.inference.schemas;

import io.retort.inference.constraints.TextState;

/** An array as it is written: {@code least} to {@code most} elements, commas between them. */
record ArrayForm(Form items, int least, int most) {
    TextState start() {
        return new Outside(this);
    }

    /** The bytes of {@code count} more elements at the least, each behind a comma. */
    private int more(int count) {
        return Math.max(0, count) * (1 + items.shortest());
    }

    /** Before the opening bracket. */
    private record Outside(ArrayForm form) implements TextState {
        @Override
        public TextState next(int value) {
            return value == '[' ? new Opened(form) : REFUSED;
        }

        @Override
        public int shortest() {
            return 1 + new Opened(form).shortest();
        }
    }

    /** Behind the opening bracket. */
    private record Opened(ArrayForm form) implements TextState {
        @Override
        public TextState next(int value) {
            if (value == ']') {
                return form.least == 0 ? ENDED : REFUSED;
            }
            return form.most == 0
                    ? REFUSED
                    : Element.of(form, 1, form.items.start().next(value));
        }

        @Override
        public int shortest() {
            return form.least == 0 ? 1 : form.more(form.least);
        }
    }

    /** In an element, the {@code count}th. */
    private record Element(ArrayForm form, int count, TextState element) implements TextState {
        static TextState of(ArrayForm form, int count, TextState element) {
            return element.refused() ? REFUSED : new Element(form, count, element);
        }

        @Override
        public TextState next(int value) {
            if (element.complete()) {
                if (value == ']') {
                    return count >= form.least ? ENDED : REFUSED;
                }
                if (value == ',') {
                    return count < form.most ? new Comma(form, count) : REFUSED;
                }
            }
            return of(form, count, element.next(value));
        }

        @Override
        public int shortest() {
            return element.shortest() + form.more(form.least - count) + 1;
        }
    }

    /** Behind a comma and {@code count} elements. */
    private record Comma(ArrayForm form, int count) implements TextState {
        @Override
        public TextState next(int value) {
            return Element.of(form, count + 1, form.items.start().next(value));
        }

        @Override
        public int shortest() {
            return form.items.shortest() + form.more(form.least - count - 1) + 1;
        }
    }
}

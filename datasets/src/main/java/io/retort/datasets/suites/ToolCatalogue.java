package io.retort.datasets.suites;

import java.util.List;

/** The tools of the tool-use suite: how each is declared, how people ask for it, and what values they name. */
final class ToolCatalogue {

    /** What a value looks like in a request. */
    enum Kind {
        /** A made-up capitalised name, such as "Tavo". */
        PLACE,
        /** A first name. */
        PERSON,
        /** A made-up word. */
        WORD,
        /** A made-up identifier of letters and digits. */
        CODE,
        /** A whole number from 2 to 99. */
        COUNT,
        /** A whole number from 100 to 999. */
        AMOUNT,
        /** One of the slot's words. */
        CHOICE
    }

    /**
     * A parameter of a tool.
     *
     * @param names the names it may be declared under
     */
    record Slot(List<String> names, ToolSchema.Presence presence, Kind kind, List<String> choices) {}

    /**
     * A tool.
     *
     * @param requests templates in which {0}, {1}, … stand for the slots' values; a slot without a mark is left out
     */
    record Tool(String name, List<Slot> slots, List<String> requests) {}

    static final List<Tool> TOOLS = List.of(
            tool(
                    "weather",
                    List.of(slot(Kind.PLACE, "city", "place"), optional(Kind.COUNT, "days")),
                    "What is the weather in {0}?",
                    "Show the weather in {0} for {1} days.",
                    "Will it rain in {0} over {1} days?"),
            tool(
                    "alarm",
                    List.of(slot(Kind.COUNT, "minutes", "delay"), choice("sound", "bell", "horn", "harp")),
                    "Wake me in {0} minutes with a {1}.",
                    "Ring the {1} after {0} minutes."),
            tool(
                    "email",
                    List.of(slot(Kind.PERSON, "to", "person"), slot(Kind.WORD, "subject", "topic")),
                    "Write to {0} about {1}.",
                    "Send {0} a mail on {1}."),
            tool(
                    "taxi",
                    List.of(slot(Kind.PLACE, "start", "origin"), slot(Kind.PLACE, "end", "goal")),
                    "Get me a taxi from {0} to {1}.",
                    "I need a ride to {1} from {0}."),
            tool(
                    "hotel",
                    List.of(slot(Kind.PLACE, "city", "place"), slot(Kind.COUNT, "nights", "stay")),
                    "Book a room in {0} for {1} nights.",
                    "I will sleep {1} nights in {0}."),
            tool(
                    "play",
                    List.of(slot(Kind.WORD, "song", "title"), optional(Kind.COUNT, "volume")),
                    "Play the song {0}.",
                    "Play the song {0} at volume {1}.",
                    "Let me hear {0} at volume {1}."),
            tool(
                    "order",
                    List.of(slot(Kind.WORD, "item", "product"), slot(Kind.COUNT, "count", "number")),
                    "Order {1} pieces of {0}.",
                    "Buy {0}, {1} of them."),
            tool(
                    "convert",
                    List.of(slot(Kind.AMOUNT, "amount", "sum"), choice("currency", "euro", "yen", "peso")),
                    "Convert {0} dollars to {1}.",
                    "How much {1} is {0} dollars?"),
            tool("track", List.of(slot(Kind.CODE, "id", "parcel")), "Where is my parcel {0}?", "Track the parcel {0}."),
            tool(
                    "light",
                    List.of(choice("room", "kitchen", "hall", "attic"), slot(Kind.COUNT, "level", "power")),
                    "Set the {0} light to {1}.",
                    "Dim the lamps in the {0} to {1}."),
            tool(
                    "translate",
                    List.of(slot(Kind.WORD, "word", "text"), choice("language", "french", "greek", "latin")),
                    "Say {0} in {1}.",
                    "What does {0} mean in {1}?"),
            tool(
                    "remind",
                    List.of(slot(Kind.PERSON, "person", "who"), choice("day", "monday", "friday", "sunday")),
                    "Remind {0} on {1}.",
                    "On {1}, give {0} a nudge."),
            tool(
                    "pay",
                    List.of(slot(Kind.PERSON, "to", "receiver"), slot(Kind.AMOUNT, "amount", "sum")),
                    "Pay {0} the sum of {1}.",
                    "Transfer {1} coins to {0}."),
            tool(
                    "open",
                    List.of(slot(Kind.CODE, "file", "document"), optional(Kind.COUNT, "page")),
                    "Open the file {0}.",
                    "Open the file {0} at page {1}."));

    private ToolCatalogue() {}

    private static Tool tool(String name, List<Slot> slots, String... requests) {
        return new Tool(name, slots, List.of(requests));
    }

    private static Slot slot(Kind kind, String... names) {
        return new Slot(List.of(names), ToolSchema.Presence.REQUIRED, kind, List.of());
    }

    private static Slot optional(Kind kind, String name) {
        return new Slot(List.of(name), ToolSchema.Presence.OPTIONAL, kind, List.of());
    }

    private static Slot choice(String name, String... choices) {
        return new Slot(List.of(name), ToolSchema.Presence.REQUIRED, Kind.CHOICE, List.of(choices));
    }
}

package io.retort.jobs.registry;

/** Moves of aliases in words. */
final class Moves {
    private Moves() {}

    /** Where an alias points, and where it did before. */
    static String render(AliasMove move, String registry, boolean moved) {
        String alias = move.alias() + " of " + move.model() + " in " + registry + " ";
        String before = move.from() == AliasMove.NONE ? "no version" : "version " + move.from();
        if (!moved) {
            return alias + "stays " + before;
        }
        return move.from() == move.to()
                ? alias + "is " + before + " already"
                : alias + "is version " + move.to() + " now, " + before + " before";
    }
}

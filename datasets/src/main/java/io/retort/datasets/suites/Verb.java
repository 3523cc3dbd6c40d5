package io.retort.datasets.suites;

/**
 * A verb in the forms that a story needs.
 *
 * @param plural present tense after a plural subject
 * @param singular present tense after a singular subject
 * @param past past tense
 */
record Verb(String plural, String singular, String past) {

    static final Verb HAVE = new Verb("have", "has", "had");
    static final Verb GO = new Verb("go", "goes", "went");
    static final Verb GIVE = new Verb("give", "gives", "gave");
    static final Verb LIVE = new Verb("live", "lives", "lived");
    static final Verb BELONG = new Verb("belong", "belongs", "belonged");
    static final Verb FIND = new Verb("find", "finds", "found");
    static final Verb MEET = new Verb("meet", "meets", "met");
    static final Verb THANK = new Verb("thank", "thanks", "thanked");
    static final Verb FALL = new Verb("fall", "falls", "fell");
    static final Verb HELP = new Verb("help", "helps", "helped");
    static final Verb WASH = new Verb("wash", "washes", "washed");
    static final Verb LIKE = new Verb("like", "likes", "liked");
    static final Verb FEED = new Verb("feed", "feeds", "fed");
    static final Verb WAIT = new Verb("wait", "waits", "waited");
    static final Verb SMILE = new Verb("smile", "smiles", "smiled");
    static final Verb RUN = new Verb("run", "runs", "ran");
    static final Verb SLEEP = new Verb("sleep", "sleeps", "slept");
    static final Verb SING = new Verb("sing", "sings", "sang");
    static final Verb PLAY = new Verb("play", "plays", "played");

    /** The tense of a story; "to be" is here since it alone has two forms in the past. */
    enum Tense {
        PAST,
        PRESENT;

        String singular(Verb verb) {
            return this == PAST ? verb.past() : verb.singular();
        }

        String plural(Verb verb) {
            return this == PAST ? verb.past() : verb.plural();
        }

        String singularBe() {
            return this == PAST ? "was" : "is";
        }

        String pluralBe() {
            return this == PAST ? "were" : "are";
        }

        Tense other() {
            return this == PAST ? PRESENT : PAST;
        }
    }
}

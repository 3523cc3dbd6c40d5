package io.retort.datasets.corpus;

import io.retort.datasets.storage.Location;
import java.util.Locale;

/** Where things are in a corpus' directory. */
public final class CorpusLayout {
    /** The manifest's name; a directory without one is unfinished. */
    public static final String MANIFEST = "manifest.json";
    /** The name of the list of rejected records. */
    public static final String REJECTED = "rejected.jsonl";
    /** How the names of files with documents end. */
    public static final String PARQUET = ".parquet";

    private CorpusLayout() {}

    /** The path of a file with documents, relative to the corpus: {@code domain=math/split=train/part-00000.parquet}. */
    public static String file(String domain, Split split, int index) {
        return String.format(Locale.ROOT, "domain=%s/split=%s/part-%05d%s", domain, split.label(), index, PARQUET);
    }

    /** The directory of a domain's split. */
    public static Location directory(Location corpus, String domain, Split split) {
        return corpus.resolve("domain=" + domain + "/split=" + split.label());
    }
}

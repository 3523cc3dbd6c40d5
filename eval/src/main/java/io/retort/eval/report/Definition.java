package io.retort.eval.report;

import java.util.EnumSet;
import java.util.Set;

/** What the words and figures of a report mean; each has a place in the report that its uses link to. */
enum Definition {
    ACCURACY(
            "accuracy",
            "Accuracy",
            "The share of documents answered right, of those that ask something. An answer is generated greedily and judged by"
                    + " the suite’s own checker (exact match, the number, the parsed call, the code’s results), and one that"
                    + " does not end by itself within its limit is wrong; where a document lists choices, the likeliest choice"
                    + " is the answer, and a tie is wrong."),
    BITS(
            "bits",
            "Bits a byte",
            "−log₂ of the probability of whole texts, prompt and answer, divided by their number of UTF-8 bytes. The end of"
                    + " each text is paid for but not counted as a byte. Lower is better. It is comparable between models"
                    + " with different tokenizers. A whole text has no prompt for a router to go by: the ensemble’s figure is"
                    + " then of all experts in one mixture (see there), and top-1 has none."),
    TEACHER("teacher", "Teacher", "The large model whose log-probabilities the experts were trained on."),
    EXPERT(
            "expert",
            "Expert",
            "The micro-network of a domain, asked about documents of its own domain. Parameters are counted exactly: every"
                    + " number that training could change."),
    ENSEMBLE(
            "ensemble",
            "Ensemble",
            "All experts behind the router. It is not told the domain: the router reads the prompt, picks a few experts and"
                    + " their next-byte probabilities are mixed with its weights. Where there is no prompt, as for bits a byte of"
                    + " whole texts, all experts are mixed, with weights half the router’s and half equal, and each byte read"
                    + " moves the weights to the experts that foretold it."),
    FLOOR(
            "floor",
            "Floor",
            "What no skill at all scores. For accuracy: the most frequent answer of the task in the train split, or a blind"
                    + " guess among the choices where that does better on the train split. For bits a byte: a unigram model"
                    + " of bytes fitted on the train split."),
    RETENTION(
            "retention",
            "Retention",
            "(model − floor) / (teacher − floor), all on the same documents: 1 keeps all of the teacher’s skill, 0 none, and"
                    + " more than 1 is better than the teacher. It is undefined where the teacher does not beat the floor at"
                    + " 99%, or there are fewer than 8 documents to tell by, because a ratio to nearly nothing means nothing."),
    INTERVAL(
            "interval",
            "Interval",
            "Percentiles of a Poisson bootstrap over documents. A document’s weight in a replicate is drawn from a hash of"
                    + " seed, document and replicate, so the numbers do not depend on how the work was spread. Models share"
                    + " the weights: ratios and differences are paired. An accuracy of 0% or 100%, or a difference of accuracies"
                    + " that is the same on every document, gets an interval after Clopper and Pearson, since there a bootstrap"
                    + " sees no variation."),
    COMPARISON(
            "comparison",
            "Paired comparison",
            "First − second on the same documents, with a paired bootstrap interval. “Only first” and “only second” count the"
                    + " documents that exactly one of the two answered right. p is McNemar’s exact test where every document"
                    + " was right or wrong under both, and else (bits a byte; a floor that guesses) the bootstrap’s own; p (Holm) is corrected for testing every domain. Bold marks"
                    + " p (Holm) below 0.05."),
    CONTROLS(
            "controls",
            "Controls",
            "Models that show what a figure is worth. majority: the accuracy floor. unigram: the floor of bits a byte."
                    + " kneser-ney: a byte n-gram model with interpolated Kneser–Ney smoothing, fitted on the train split;"
                    + " what counting alone reaches. uniform: all experts mixed with equal weights. top-1: the router’s first"
                    + " choice alone, where there is a prompt. best-single: one expert for all domains, the one that was least"
                    + " surprised by the answers of the validation split. ce-only: an expert of the"
                    + " same size trained on the same text without the teacher. oracle: for each document the expert to which"
                    + " the reference answer is least surprising; it reads the answer, so no router can be built like it."),
    ROUTING(
            "routing",
            "Routing matrix",
            "The mean weight that the ensemble’s router gave each expert (column) on the prompts of each domain (row); a domain"
                    + " without prompts has no row. A"
                    + " router that always finds the domain’s own expert shows ones on the diagonal."),
    FIRST_CHOICE(
            "first-choice",
            "First choice",
            "The expert that the router finds likeliest from the first bytes of a prompt; it is right where that expert is of"
                    + " the document’s domain. Documents without a prompt do not count."),
    REGRET(
            "regret",
            "Regret",
            "How many bits a byte an answer costs, given its prompt, more than it costs the oracle: the expert to which that"
                    + " answer is least surprising. A mixture may do better than every one of its experts."),
    CALIBRATION(
            "calibration",
            "Calibration error",
            "Predictions in 15 bins of equal mass by their probability; the mean distance, weighted by mass, between a bin’s"
                    + " mean probability and the share that came true. Next symbols: the ensemble’s likeliest symbol at each"
                    + " place of the reference answers. Answers: the probability of the whole answer that the ensemble"
                    + " gives, among the choices where there are choices. The temperature was fitted to the likelihood of"
                    + " answers of the validation split that the router was not trained on."),
    UNKNOWN(
            "unknown",
            "Unknown domains",
            "Each domain in turn is unknown to a router that was trained without its documents and its experts. The score is"
                    + " −ln Σ exp(logit). The area under the curve is the probability that a prompt of the unknown domain"
                    + " scores higher than one of the others. Detected and false alarms: the shares of unknown and of known"
                    + " prompts beyond the threshold that was set on known prompts of the validation split."),
    LEARNING(
            "learning",
            "Learning curve",
            "The training and validation loss by optimiser step. Long curves are drawn through the means of equal stretches"
                    + " of steps."),
    RECALL(
            "recall",
            "Recall by length and depth",
            "The share of prompts of the suite context that the domain’s expert answers right. A prompt’s length is that of all"
                    + " its bytes, question included, by powers of two; the depth of a fact is how far from the prompt’s start"
                    + " it stands, as a share of that length: 0% is the start, 100% the question. Of several entries of one key"
                    + " the latest is the fact that is asked for. To the test documents are added 40 prompts of each length from"
                    + " 512 to 32,768 bytes, which are generated for this and stand in no corpus; other figures are not over"
                    + " them."),
    SAMPLE(
            "sample",
            "Samples",
            "Documents that exactly one of teacher and expert answered right, up to four of each kind a domain, picked by the"
                    + " hash of the document and not by hand. Long texts are shortened where […] stands, and characters that"
                    + " would not be seen are shown as symbols."),
    RUNS(
            "runs",
            "Runs",
            "How often a stage was run until it was done, in all rounds, runs that failed or were stopped included as far as they"
                    + " could say what they had done; one that was killed says nothing. Of a training, every run that trained one"
                    + " of these experts. A stage of Spark is a set of tasks without an exchange of data between them."),
    TASKS(
            "tasks",
            "Tasks",
            "Attempts that ended well. A failed attempt was tried again, unless the run failed with it; an executor that is"
                    + " lost takes its attempts along. Executors that Spark gives back when they have nothing to do are not"
                    + " lost."),
    TASK_TIME(
            "task-time",
            "Task time",
            "From the launch of an attempt to its end, summed over all attempts: what executors were occupied for, and not how"
                    + " long anybody waited. Processor time is that of the tasks’ own threads, without those that a teacher’s"
                    + " engine or a training starts; collection is the time in which an executor collected garbage while a task"
                    + " ran, once for each of its tasks."),
    SHUFFLED(
            "shuffled",
            "Shuffled",
            "Bytes that tasks wrote for tasks of a later stage to read; spilled are those that did not fit into memory and went"
                    + " to disk."),
    PEAK_MEMORY(
            "peak-memory",
            "Peak memory",
            "The most that the heap of one executor held, as far as Spark looked, garbage that was not yet collected included."
                    + " Resident is all memory of the executor’s process, a teacher’s weights among it; Spark measures it where"
                    + " spark.executor.processTreeMetrics.enabled is set."),
    TEACHER_TOKENS(
            "teacher-tokens",
            "Teacher tokens",
            "Tokens that the teacher read to make the shards that the experts learnt from, context that was read again included, in"
                    + " how many requests, and the time of its forward passes or of its server’s answers. It is written down"
                    + " beside each shard, so that shards of a run that failed or was killed count, and one that another dataset"
                    + " had already counts too. What an attempt read of a shard that it did not finish does not count, nor do"
                    + " the samples from which a plan is made and texts that the teacher wrote."),
    TEACHER_COST(
            "teacher-cost",
            "Teacher cost",
            "Teacher tokens times teach.price-per-million-tokens, in the currency of that price, as it was set when the report was"
                    + " made."),
    OVERLAP(
            "overlap",
            "Overlap check",
            "How many of the tested prompts the train split holds as well. Prompts are assigned to a split by hash, so it must"
                    + " be zero."),
    CHAMPION(
            "champion",
            "Champion and challenger",
            "Two fleets that answered the same test documents: the champion is the one to beat, the challenger the one that may"
                    + " replace it. A difference is challenger − champion; it is better where it goes up for accuracy and down"
                    + " for bits a byte."),
    MCNEMAR(
            "mcnemar",
            "McNemar’s test",
            "Of the documents that exactly one of the two got right, either is as likely to be the one if they are equally good:"
                    + " p is how often chance alone would share them out as unevenly, exactly, to either side (McNemar, 1947)."
                    + " For bits a byte p is the level at which the bootstrap’s interval of the difference would touch zero."),
    HOLM(
            "holm",
            "p (Holm)",
            "The p-value after Holm’s correction for testing every domain, or every task, at once: the chance of even one false"
                    + " alarm in the column stays below the level (Holm, 1979)."),
    SHOWN(
            "shown",
            "Better, worse, not shown",
            "Better or worse where p (Holm) is at most 0.05. “Not shown” is no proof that the two are equal: the interval says how"
                    + " large a difference may hide there."),
    RELIABILITY(
            "reliability",
            "Calibration error",
            "Predictions in 15 bins of equal mass by their probability; the mean distance, weighted by mass, between a bin’s"
                    + " mean probability and the share that came true, at the temperature of each bundle. Next symbols: the"
                    + " ensemble’s likeliest symbol at each place of the reference answers. Answers: the probability of the"
                    + " whole answer that the ensemble gives. Lower is better."),
    CONTEST_SAMPLE(
            "sample",
            "Samples",
            "Documents that exactly one of the two ensembles answered right, up to four of each kind a domain, picked by the"
                    + " hash of the document and not by hand. Long texts are shortened where […] stands, and characters that"
                    + " would not be seen are shown as symbols.");

    /** What a report of one run links to. */
    static final Set<Definition> OF_REPORT = EnumSet.range(ACCURACY, OVERLAP);

    /** What a comparison of two runs links to. */
    static final Set<Definition> OF_COMPARISON = EnumSet.of(
            CHAMPION,
            ENSEMBLE,
            EXPERT,
            ACCURACY,
            BITS,
            TEACHER,
            FLOOR,
            RETENTION,
            INTERVAL,
            MCNEMAR,
            HOLM,
            SHOWN,
            RELIABILITY,
            CONTEST_SAMPLE);

    private final String id;
    private final String term;
    private final String meaning;

    Definition(String id, String term, String meaning) {
        this.id = "def-" + id;
        this.term = term;
        this.meaning = meaning;
    }

    String term() {
        return term;
    }

    /** A link to this definition with the text given. */
    Markup link(String text) {
        return new Markup().element("a", text, "class", "def", "href", "#" + id, "title", "Definition of " + term);
    }

    Markup link() {
        return link(term);
    }

    static Markup section(Set<Definition> definitions) {
        Markup html = new Markup()
                .start("section", "id", "definitions")
                .element("h2", "Definitions")
                .start("dl", "class", "definitions");
        for (Definition definition : definitions) {
            html.element("dt", definition.term, "id", definition.id).element("dd", definition.meaning);
        }
        return html.end().end();
    }
}

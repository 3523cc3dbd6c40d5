package io.retort.eval.report;

import java.util.List;

/**
 * What it took to make what a report is about, stage by stage.
 *
 * @param stages in the order in which they were run
 */
public record RunCost(List<Stage> stages) {
    public RunCost {
        stages = List.copyOf(stages);
    }

    /** One stage. */
    public record Stage(String name, Runs runs, Tasks tasks, Time time, Space space, Teacher teacher) {}

    /**
     * How often it was run.
     *
     * @param recorded runs that said at their end what Spark had done, whether they were finished or not; one that was
     *     killed did not, and 0 where all was there already or the records are gone
     * @param unreadable runs whose record cannot be read
     */
    public record Runs(int recorded, int unreadable) {
        Runs plus(Runs other) {
            return new Runs(recorded + other.recorded, unreadable + other.unreadable);
        }
    }

    /**
     * What was given to executors.
     *
     * @param done attempts that ended well
     * @param failed attempts that did not
     * @param sparkStages that were completed
     */
    public record Tasks(long done, long failed, int executorsLost, int sparkStages) {
        Tasks plus(Tasks other) {
            return new Tasks(
                    done + other.done,
                    failed + other.failed,
                    executorsLost + other.executorsLost,
                    sparkStages + other.sparkStages);
        }
    }

    /**
     * Seconds, summed over attempts.
     *
     * @param tasks from an attempt's launch to its end
     * @param processor that the tasks' own threads used
     * @param collection in which garbage was collected while they ran
     */
    public record Time(double tasks, double processor, double collection) {
        Time plus(Time other) {
            return new Time(tasks + other.tasks, processor + other.processor, collection + other.collection);
        }
    }

    /**
     * Bytes.
     *
     * @param heap the most that an executor's heap held
     * @param resident the most that an executor's process had in memory; 0 where it was not measured
     */
    public record Space(long shuffled, long spilled, long heap, long resident) {
        Space plus(Space other) {
            return new Space(
                    shuffled + other.shuffled,
                    spilled + other.spilled,
                    Math.max(heap, other.heap),
                    Math.max(resident, other.resident));
        }
    }

    /**
     * What the teacher was asked for to make the shards that are there.
     *
     * @param money in the currency of the price that was set; 0 where none was
     */
    public record Teacher(long tokens, long requests, double seconds, double money) {
        /** Of a stage without a teacher. */
        public static final Teacher NONE = new Teacher(0, 0, 0, 0);

        Teacher plus(Teacher other) {
            return new Teacher(
                    tokens + other.tokens, requests + other.requests, seconds + other.seconds, money + other.money);
        }
    }

    /** All stages together, under a name; of what is a most, the greatest. */
    Stage total(String name) {
        return stages.stream()
                .reduce((a, b) -> new Stage(
                        name,
                        a.runs.plus(b.runs),
                        a.tasks.plus(b.tasks),
                        a.time.plus(b.time),
                        a.space.plus(b.space),
                        a.teacher.plus(b.teacher)))
                .orElseThrow();
    }
}

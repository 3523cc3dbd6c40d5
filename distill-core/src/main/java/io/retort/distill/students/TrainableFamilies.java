package io.retort.distill.students;

import io.retort.inference.json.JsonWriter;
import io.retort.inference.students.StudentConfig;
import io.retort.inference.students.StudentShape;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The families that can be trained: the built-in ones, and those that {@link ServiceLoader} finds. Thread-safe. */
public final class TrainableFamilies {

    private static final List<TrainableFamily<?>> BUILT_IN = List.of(
            new LayeredFamily(StudentConfig.FAMILY),
            new LayeredFamily(StudentConfig.RECURRENT),
            new LayeredFamily(StudentConfig.ATTENTION),
            new FeedForwardFamily());

    private TrainableFamilies() {}

    /** All families, the built-in ones first. */
    public static List<TrainableFamily<?>> all() {
        List<TrainableFamily<?>> all = new ArrayList<>(BUILT_IN);
        for (TrainableFamily<?> found : ServiceLoader.load(TrainableFamily.class)) {
            for (TrainableFamily<?> other : all) {
                if (other.name().equals(found.name())) {
                    throw new IllegalStateException("expected trainable families of different names, found two named "
                            + found.name() + ", one of " + found.getClass().getName());
                }
            }
            all.add(found);
        }
        return all;
    }

    /**
     * The family of a name.
     *
     * @throws IllegalArgumentException if there is none, with the names of those there are
     */
    public static TrainableFamily<?> named(String name) {
        List<TrainableFamily<?>> all = all();
        return all.stream()
                .filter(family -> family.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected a student family of "
                        + all.stream().map(TrainableFamily::name).collect(Collectors.joining(", ")) + ", found "
                        + name));
    }

    /**
     * The family that trains a shape.
     *
     * @throws IllegalArgumentException if there is none
     */
    @SuppressWarnings("unchecked") // a family makes and reads the shapes that carry its name
    public static <S extends StudentShape> TrainableFamily<S> of(S shape) {
        return (TrainableFamily<S>) named(shape.family());
    }

    /**
     * The student of a family that a budget affords.
     *
     * @throws IllegalArgumentException if there is no such family, it does not know an option or finds one out of its
     *     range, or the student would pass the budget
     */
    public static StudentShape fitting(String family, int alphabetSize, long budget, StudentOptions options) {
        TrainableFamily<?> trainable = named(family);
        options.requireAmong(trainable.options(), family);
        StudentShape shape = trainable.fitting(alphabetSize, budget, options);
        if (shape.parameterCount() > budget) {
            throw new IllegalArgumentException("expected a student of at most " + budget + " parameters, found "
                    + shape.parameterCount() + " in " + JsonWriter.compact(shape.toJson()));
        }
        return shape;
    }
}

package io.retort.jobs;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.retort.jobs.commands.RetortMain;

/** The lines of docs/architecture.md: inference ← datasets ← distill-core ← jobs, inference ← datasets ← eval ← jobs. */
@AnalyzeClasses(packages = "io.retort", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String INFERENCE = "io.retort.inference..";
    private static final String DATASETS = "io.retort.datasets..";
    private static final String DISTILL = "io.retort.distill..";
    private static final String EVAL = "io.retort.eval..";
    private static final String JOBS = "io.retort.jobs..";
    private static final String SPARK = "org.apache.spark..";
    private static final String DJL = "ai.djl..";

    @ArchTest
    static final ArchRule INFERENCE_NEEDS_THE_JDK_ALONE = classes()
            .that()
            .resideInAPackage(INFERENCE)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(INFERENCE, "java..", "org.jspecify.annotations.."));

    @ArchTest
    static final ArchRule DATASETS_KNOW_NEITHER_SPARK_NOR_DJL_NOR_WHAT_IS_BUILT_ON_THEM = noClasses()
            .that()
            .resideInAPackage(DATASETS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DISTILL, EVAL, JOBS, SPARK, DJL);

    @ArchTest
    static final ArchRule DISTILLATION_KNOWS_NEITHER_SPARK_NOR_EVALUATION_NOR_JOBS = noClasses()
            .that()
            .resideInAPackage(DISTILL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(EVAL, JOBS, SPARK);

    @ArchTest
    static final ArchRule BACKPROPAGATION_IS_PLAIN_JAVA = noClasses()
            .that()
            .resideInAnyPackage("io.retort.distill.kernels..", "io.retort.distill.backpropagation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    DJL, "io.retort.distill.students..", "io.retort.distill.optimisation..", "io.retort.datasets..");

    @ArchTest
    static final ArchRule EVALUATION_KNOWS_NEITHER_SPARK_NOR_DJL_NOR_DISTILLATION_NOR_JOBS = noClasses()
            .that()
            .resideInAPackage(EVAL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DISTILL, JOBS, SPARK, DJL);

    @ArchTest
    static final ArchRule PACKAGES_ARE_NAMED_BY_CONCEPT = noClasses()
            .should()
            .resideInAnyPackage(
                    "..common..",
                    "..util..",
                    "..utils..",
                    "..helper..",
                    "..helpers..",
                    "..misc..",
                    "..impl..",
                    "..base..",
                    "..manager..");

    @ArchTest
    static final ArchRule CLASSES_ARE_NAMED_BY_CONCEPT =
            noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)$");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES = slices().matching("io.retort.(*).(*)..")
            .should()
            .beFreeOfCycles()
            // spark-submit starts a job's class, whose main hands over to the command line's
            .ignoreDependency(DescribedPredicate.alwaysTrue(), type(RetortMain.class));

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS = noClasses()
            .that()
            .resideOutsideOfPackages("io.retort.jobs..", "io.retort.inference.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");
}

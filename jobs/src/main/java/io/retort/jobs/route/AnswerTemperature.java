package io.retort.jobs.route;

import io.retort.distill.routing.TemperatureFit;
import io.retort.inference.alphabet.Alphabet;
import io.retort.inference.ensembles.Member;
import io.retort.inference.ensembles.Mixture;
import io.retort.inference.ensembles.TextReader;
import io.retort.inference.ensembles.Weighting;
import io.retort.inference.routing.ExpertChoice;
import io.retort.inference.routing.Router;
import io.retort.inference.students.Student;
import io.retort.jobs.route.LossTask.DocumentLosses;
import java.util.ArrayList;
import java.util.List;

/** Fits the temperature of the routed experts' mixture to answers of documents that have a prompt. */
final class AnswerTemperature {
    private final Router router;
    private final List<Student> students;

    /** The mixture that {@code router} makes of {@code students}, which are in its order. */
    AnswerTemperature(Router router, List<Student> students) {
        this.router = router;
        this.students = students;
    }

    TemperatureFit fit(List<DocumentLosses> documents) {
        TemperatureFit fit = new TemperatureFit();
        for (DocumentLosses document : documents) {
            if (!document.beginning()) {
                add(document, fit);
            }
        }
        return fit;
    }

    private void add(DocumentLosses document, TemperatureFit fit) {
        int[] answer = Alphabet.encode(document.answer());
        List<Member> members = new ArrayList<>();
        for (ExpertChoice choice : router.route(document.prompt()).choices()) {
            members.add(new Member(students.get(choice.index()), choice.weight()));
        }
        int symbols = TextReader.symbolsOf(document.prompt()) + answer.length;
        Mixture mixture = new Mixture(members, Weighting.FIXED, symbols);
        TextReader.begin(mixture, document.prompt());
        for (int symbol : answer) {
            fit.add(mixture.logProbabilities(), symbol);
            mixture.step(symbol);
        }
        fit.add(mixture.logProbabilities(), Alphabet.END);
    }
}

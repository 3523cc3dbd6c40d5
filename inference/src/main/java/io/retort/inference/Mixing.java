package io.retort.inference;

import io.retort.inference.bundles.Bundle;
import io.retort.inference.ensembles.Member;
import io.retort.inference.ensembles.Mixture;
import io.retort.inference.ensembles.Weighting;
import io.retort.inference.memory.ExpertHold;
import io.retort.inference.routing.Routing;
import io.retort.inference.students.MemoryFormat;
import java.util.ArrayList;
import java.util.List;

/** How the experts of a text are mixed. */
record Mixing(Routing routing, Weighting weighting, double temperature) {

    /** The mixing of a text whose context, of so many bytes, chose {@code routing}. */
    static Mixing of(Bundle bundle, int contextBytes, ExpertSelection selection, Routing routing) {
        boolean routed = selection instanceof ExpertSelection.Routed;
        boolean unguided = routed && contextBytes == 0;
        // The temperature was fitted to answers of the routed experts to prompts, and says nothing of anything else.
        boolean fitted = routed && contextBytes > 0;
        double temperature = fitted ? bundle.router().config().calibration().temperature() : 1;
        return new Mixing(routing, unguided ? Weighting.POSTERIOR : Weighting.FIXED, temperature);
    }

    /** Returns a mixture that has read nothing, of experts that are held in the order of the routing; closes the hold if it fails. */
    Mixture begin(ExpertHold hold, int maxSymbols, MemoryFormat memory) {
        boolean done = false;
        try {
            List<Member> members = new ArrayList<>();
            for (int i = 0; i < routing.choices().size(); i++) {
                members.add(new Member(hold.student(i), routing.choices().get(i).weight()));
            }
            Mixture mixture = new Mixture(members, weighting, maxSymbols, temperature, memory);
            done = true;
            return mixture;
        } finally {
            if (!done) {
                hold.close();
            }
        }
    }
}

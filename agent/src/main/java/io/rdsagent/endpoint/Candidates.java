package io.rdsagent.endpoint;

import io.rdsagent.config.Role;
import io.rdsagent.config.RoleWish;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whom to ask for the topology: those that should know, then the others, and whoever was of no use last. */
final class Candidates {

    private final Database database;
    private final RoleWish wish;
    private final Set<Endpoint> ofNoUse = new HashSet<>();
    private Endpoint last;

    Candidates(Database database, RoleWish wish) {
        this.database = database;
        this.wish = wish;
    }

    /** The same again where it was of use. */
    Endpoint next() {
        List<Endpoint> inOrder = inOrder();
        for (Endpoint candidate : inOrder) {
            if (!ofNoUse.contains(candidate)) {
                return candidate;
            }
        }
        ofNoUse.clear();
        return inOrder.get(0);
    }

    /**
     * The writer for those who write, since it knows best and its loss is to be noticed; for others one of their own, and
     * the one that is asked already before another. What is named by the URL comes last.
     */
    private List<Endpoint> inOrder() {
        Topology topology = database.topology();
        List<Endpoint> all = new ArrayList<>(topology.members());
        for (Endpoint named : topology.named()) {
            if (!all.contains(named)) {
                all.add(named);
            }
        }
        all.sort(Comparator.comparing((Endpoint endpoint) -> !endpoint.isHealthy())
                .thenComparing(endpoint -> topology.isLearnt() && topology.memberAt(endpoint.address()) == null)
                .thenComparing(endpoint -> !isSuited(endpoint))
                .thenComparing(endpoint -> endpoint != last)
                // Any order, but for each JVM another: not all are to ask the same one.
                .thenComparing(System::identityHashCode));
        return all;
    }

    private boolean isSuited(Endpoint endpoint) {
        return wish == RoleWish.WRITER ? endpoint.role() == Role.WRITER : endpoint.role() != Role.WRITER;
    }

    void answered(Endpoint candidate) {
        last = candidate;
    }

    void silent(Endpoint candidate) {
        ofNoUse.add(candidate);
        last = null;
    }

    /** The one that answered last knows less than another may. */
    void passOver() {
        ofNoUse.add(last);
    }

    /** @return the one that was asked last, and has hung up; null when it was said already */
    Endpoint lost() {
        Endpoint gone = last;
        if (gone != null) {
            silent(gone);
        }
        return gone;
    }

    void settled() {
        ofNoUse.clear();
    }
}

package io.rdsagent.it.failover;

import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Node;
import java.time.Duration;
import org.awaitility.Awaitility;

/** How a writer goes. */
enum Strike {
    /** Of PostgreSQL a shutdown and a promotion, since it can't do else; of MySQL one that leaves the sessions open. */
    PLANNED("planned switch"),
    KILL("kill -9"),
    FREEZE("freeze"),
    BLACK_HOLE("black hole");

    /** Nobody replaces a writer in the moment in which it falls silent. */
    private static final Duration UNTIL_NOTICED = Duration.ofSeconds(2);

    private final String words;

    Strike(String words) {
        this.words = words;
    }

    /** Returns when the other node is the writer. */
    void at(LocalRds rds) {
        Node next = rds.readers().get(0);
        switch (this) {
            case PLANNED -> switchOver(rds.engine(), next);
            case KILL -> {
                rds.writer().kill();
                next.promote();
            }
            case FREEZE -> {
                rds.writer().freeze();
                promoteLater(next);
            }
            default -> {
                rds.writer().cutOff();
                promoteLater(next);
            }
        }
    }

    private static void switchOver(Engine engine, Node next) {
        if (engine == Engine.POSTGRES) {
            next.promote();
        } else {
            next.switchOver();
        }
    }

    private static void promoteLater(Node next) {
        Awaitility.await()
                .pollDelay(UNTIL_NOTICED)
                .atMost(UNTIL_NOTICED.plusSeconds(5))
                .until(() -> true);
        next.promote();
    }

    @Override
    public String toString() {
        return words;
    }
}

package io.rdsagent.it.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.rdsagent.it.matrix.Dialogue.Outcome;
import io.rdsagent.localrds.LocalRdsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every way in of every driver on every server, each really taken, against servers that verify tokens. Without the system
 * property {@code matrix=all}: the oldest and the newest of each family, on the oldest and the newest server. The
 * environment variable {@code RDSAGENT_JAVA_8} adds the oldest ones on Java 8.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriversMatrixIT {

    private static final boolean ALL = "all".equals(System.getProperty("matrix"));
    /** Only what has this in its name. */
    private static final String ONLY = System.getProperty("matrix.only", "");

    private static final String JAVA_8 = System.getenv("RDSAGENT_JAVA_8");
    private static final Path REPORT = Path.of("target", "matrix", "drivers.md");

    @TempDir
    Path directory;

    private final Report report = new Report();
    private final Set<NotYet> missing = new HashSet<>();

    private TestedServer server;
    private Stage stage;
    private Run run;
    private Dialogue dialogue;

    @AfterAll
    void end() throws IOException {
        endDialogue();
        endStage();
    }

    @TestFactory
    Stream<DynamicNode> everyDriverLogsInByEveryWayThatItHas() {
        List<Run> runs = ALL ? Run.all() : Run.outermost();
        Stream<DynamicNode> each = (JAVA_8 == null ? runs : Run.withJava8(runs))
                .stream()
                        .filter(one -> one.toString().contains(ONLY))
                        .map(one -> dynamicContainer(one.toString(), ways(one)));
        return ALL && ONLY.isEmpty()
                ? Stream.concat(each, Stream.of(dynamicTest("what is not there yet is missing", this::isStillMissing)))
                : each;
    }

    private Stream<DynamicNode> ways(Run one) {
        return Arrays.stream(Way.values()).map(way -> dynamicTest(way.title, () -> take(one, way)));
    }

    private void take(Run one, Way way) throws IOException {
        Optional<String> absent = way.absent(one.driver(), one.server());
        if (absent.isPresent()) {
            show(one, way, Cell.absent(absent.get()));
            return;
        }
        Outcome outcome = at(one).take(way);
        if (way.isRefused()) {
            outcome = outcome.withLogins(stage::isForbidden);
        }
        Optional<String> whyNot = Verdicts.whyNot(one.driver(), way, outcome);
        if (whyNot.isEmpty()) {
            show(one, way, Verdicts.works(one.driver(), way, outcome));
            return;
        }
        List<NotYet> gaps = NotYet.covering(one.driver(), way);
        missing.addAll(gaps);
        if (gaps.isEmpty()) {
            show(one, way, Cell.failed(whyNot.get()));
            fail(whyNot.get() + "\n" + outcome);
        }
        show(one, way, Cell.failed("Not there yet: " + gaps.get(0).what() + "."));
        abort("Not there yet: " + gaps.get(0).what() + ". " + outcome);
    }

    private void isStillMissing() {
        assertThat(NotYet.ALL)
                .as("what is listed as not there yet; take out what works")
                .hasSameElementsAs(missing);
    }

    private void show(Run one, Way way, Cell cell) {
        Table table = one.onJava8()
                ? report.table("The oldest drivers", "Java 8", "")
                : report.table(
                        one.driver().family().title,
                        one.server().product(),
                        one.server().version());
        table.put(
                way.title,
                one.onJava8()
                        ? one.driver() + ", " + one.server()
                        : one.driver().version(),
                cell);
        report.write(REPORT);
    }

    /** The JVM for this run; a new one where the last has ended by itself. */
    private Dialogue at(Run one) throws IOException {
        if (!one.equals(run) || dialogue.isOver()) {
            endDialogue();
            raise(one.server());
            dialogue = new Dialogue(
                    stage.jvm(one.driver(), one.onJava8() ? JAVA_8 : null).start(), stage.rds());
            run = one;
        }
        return dialogue;
    }

    private void raise(TestedServer wanted) throws IOException {
        if (!wanted.equals(server)) {
            endStage();
            server = wanted;
            stage = open(wanted);
        }
        if (stage == null) {
            abort(wanted + " was not fetched; mvn -Pall-servers does it");
        }
    }

    /** Null when it is not on this machine and need not be. */
    private Stage open(TestedServer wanted) throws IOException {
        try {
            return Stage.open(wanted, directory);
        } catch (LocalRdsException failure) {
            if (ALL || !failure.getMessage().contains("is not in the local Maven repository")) {
                throw failure;
            }
            return null;
        }
    }

    private void endDialogue() {
        if (dialogue != null) {
            dialogue.close();
            dialogue = null;
            run = null;
        }
    }

    private void endStage() throws IOException {
        if (stage != null) {
            stage.close();
            stage = null;
        }
    }
}

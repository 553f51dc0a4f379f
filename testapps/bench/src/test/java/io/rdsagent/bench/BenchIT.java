package io.rdsagent.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each benchmark runs and gives its ratios; how large they are says nothing on a machine that builds. */
class BenchIT {

    private static final Path AGENT = Path.of("../../agent/target/rds-jdbc-agent.jar");

    @Test
    void everyBenchmarkGivesItsRatios() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        List<Section> sections = Main.measure(
                Benches.ALL, AGENT, Lab.Effort.TINY, new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(sections)
                .hasSize(Benches.ALL.size())
                .allSatisfy(section -> assertThat(section.rows())
                        .isNotEmpty()
                        .allSatisfy(row -> assertThat(row.ratio().median())
                                .as(row.toString())
                                .isPositive()
                                .isFinite()));
        assertThat(rows(sections))
                .contains(
                        "CPU agent / nothing",
                        "CPU peer / bare",
                        "wall agent / bare",
                        "SELECT 1, time agent / bare",
                        "SELECT 1, bytes allocated agent / bare",
                        "HikariCP borrow and return, bytes allocated agent / bare",
                        "10 connections: borrow, p99.9 rotating / lifetime off",
                        "4 connections: borrow, p99.99 rotating, spares=0 / lifetime off",
                        "a token from the cache fromCache / clockAlone",
                        "RSS agent / bare",
                        "size of jars agent / peer");
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("who / whom", "agent / bare");
        assertThat(Report.markdown(sections)).contains("| CPU | agent / nothing |");
    }

    @Test
    void anAgentThatIsNotThereIsSaidBeforeAnythingIsStarted() {
        assertThatThrownBy(() -> Main.measure(Benches.ALL, Path.of("no.jar"), Lab.Effort.TINY, System.out))
                .hasMessageContaining("no.jar")
                .hasMessageContaining("mvn -pl agent -am package");
    }

    private static List<String> rows(List<Section> sections) {
        return sections.stream()
                .flatMap(section -> section.rows().stream())
                .map(row -> row.what() + " " + row.sides())
                .collect(Collectors.toList());
    }
}

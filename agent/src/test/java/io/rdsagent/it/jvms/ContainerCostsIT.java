package io.rdsagent.it.jvms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.it.matrix.Cell;
import io.rdsagent.it.matrix.Report;
import io.rdsagent.it.matrix.Table;
import io.rdsagent.localrds.LocalRds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsUtilities;

/**
 * What each container takes from its start until its application has read a row, bare, with the agent, and with another
 * agent: {@code scripts/bench containers} prints it. The three start by turns. Who has to log in by himself has a token as
 * his password that was signed beforehand, and the driver verify the server: so the server does the same for all. How
 * much it is, is not judged here.
 */
class ContainerCostsIT {

    private static final String OPEN_TELEMETRY = "io.opentelemetry.javaagent:opentelemetry-javaagent:2.14.0";
    private static final Path FILE = Path.of("target", "matrix", "containers.md");
    private static final Duration OFTEN = Duration.ofMillis(20);

    private static final List<Container> CONTAINERS = List.of(
            new PlainProgram(List.of(17)),
            new Boot("3.4.4", List.of(17)),
            new Tomcat("9.0.98", List.of(17), "jdbc"),
            new Tomcat("11.0.18", List.of(17), "dbcp"),
            new WildFly("36.0.1.Final", List.of(17)),
            new Liberty("24.0.0.6", List.of(17)));

    private enum Side {
        BARE,
        AGENT,
        OPEN_TELEMETRY
    }

    @TempDir
    Path directory;

    @Test
    void eachContainerReadsItsFirstRowBareWithTheAgentAndWithAnotherOne() throws Exception {
        int rounds = Integer.getInteger("containers.rounds", 0);
        assumeTrue(rounds > 0, "a measurement, for scripts/bench containers");
        Report report = new Report();
        Table table = report.table("From the start to the first row", "Java", "17");
        try (LocalRds rds = LocalRds.builder().nodes(1).start()) {
            for (Container container : CONTAINERS) {
                if (!JvmsTable.wants(container.title())) {
                    continue;
                }
                Map<Side, List<Spent>> spent = measure(container, rds, rounds);
                put(table, container.title() + ", with the agent", spent.get(Side.AGENT), spent.get(Side.BARE));
                put(
                        table,
                        container.title() + ", with OpenTelemetry's",
                        spent.get(Side.OPEN_TELEMETRY),
                        spent.get(Side.BARE));
                report.write(FILE);
            }
        }
    }

    private Map<Side, List<Spent>> measure(Container container, LocalRds rds, int rounds) throws Exception {
        Site alone = site(container, rds, Optional.of(token(rds)));
        Map<Side, Site> sites = Map.of(
                Side.BARE, alone, Side.AGENT, site(container, rds, Optional.empty()), Side.OPEN_TELEMETRY, alone);
        Map<Side, List<Spent>> spent = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            spent.put(side, new ArrayList<>());
        }
        int count = Side.values().length;
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < count; turn++) {
                Side side = Side.values()[(round + turn) % count];
                spent.get(side).add(start(container, sites.get(side), side));
            }
        }
        return spent;
    }

    /** Started once: the first start is another one, it fills the container's own caches. */
    private Site site(Container container, LocalRds rds, Optional<String> token) throws Exception {
        Path home = Files.createTempDirectory(directory, "site");
        Site site = Site.at(home, Java.of(17).orElseThrow(), rds, true);
        site = token.map(site::withToken).orElse(site);
        container.layOut(site);
        start(container, site, token.isPresent() ? Side.BARE : Side.AGENT);
        return site;
    }

    private static Spent start(Container container, Site site, Side side) throws Exception {
        container.again(site);
        List<String> options = new ArrayList<>(List.of(options(side)));
        options.addAll(site.options());
        long began = System.nanoTime();
        try (ContainerRun run = ContainerRun.start(
                        container, site, Map.of("JAVA_TOOL_OPTIONS", String.join(" ", options)))
                .up(OFTEN)) {
            Spent spent = Spent.by(run.jvm().pid(), (System.nanoTime() - began) / 1e9);
            assertThat(run.jvm().all().contains("active. Logged in as app"))
                    .as(run.jvm().all())
                    .isEqualTo(side == Side.AGENT);
            kill(run.jvm());
            return spent;
        }
    }

    private static String[] options(Side side) {
        return switch (side) {
            case BARE -> new String[0];
            case AGENT -> new String[] {"-javaagent:" + ForkedJvm.AGENT};
            case OPEN_TELEMETRY ->
                new String[] {
                    "-javaagent:"
                            + Maven.resolver()
                                    .resolve(OPEN_TELEMETRY)
                                    .withoutTransitivity()
                                    .asSingleFile(),
                    "-Dotel.traces.exporter=none",
                    "-Dotel.metrics.exporter=none",
                    "-Dotel.logs.exporter=none"
                };
        };
    }

    /** And waits, for its port is the next one's. */
    private static void kill(ForkedJvm jvm) {
        List<ProcessHandle> family = new ArrayList<>(ProcessHandle.of(jvm.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .toList());
        ProcessHandle.of(jvm.pid()).ifPresent(family::add);
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(member -> member.onExit().join());
    }

    private static String token(LocalRds rds) {
        return RdsUtilities.builder()
                .region(Region.of(rds.region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(rds.key().id(), rds.key().secret())))
                .build()
                .generateAuthenticationToken(asked ->
                        asked.hostname(rds.clusterHost()).port(rds.port()).username("app"));
    }

    private static void put(Table table, String row, List<Spent> side, List<Spent> bare) throws IOException {
        put(table, row, "CPU", Spent::cpu, "s", side, bare);
        put(table, row, "time", Spent::time, "s", side, bare);
        put(table, row, "resident", Spent::resident, "MB", side, bare);
        put(table, row, "resident at most", Spent::peak, "MB", side, bare);
    }

    /** Of each round the ratio to bare, then both medians. */
    private static void put(
            Table table,
            String row,
            String column,
            ToDoubleFunction<Spent> number,
            String unit,
            List<Spent> side,
            List<Spent> bare) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < bare.size(); round++) {
            ratios.add(number.applyAsDouble(side.get(round)) / number.applyAsDouble(bare.get(round)));
        }
        table.put(
                row,
                column,
                Cell.of(Quartiles.of(ratios) + ", " + median(side, number, unit) + " / " + median(bare, number, unit)));
    }

    private static String median(List<Spent> all, ToDoubleFunction<Spent> number, String unit) {
        double median =
                Quartiles.of(all.stream().map(number::applyAsDouble).toList()).median();
        return String.format(Locale.ROOT, unit.equals("MB") ? "%.0f %s" : "%.2f %s", median, unit);
    }
}

package io.rdsagent.localrds;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a local RDS for a person to try things with. */
@Command(
        name = "local-rds",
        description = "A local RDS cluster: real database servers on loopback addresses that verify real IAM tokens.")
public final class Main implements Callable<Integer> {

    @Option(names = "--cluster", defaultValue = "orders", description = "Cluster and database name (${DEFAULT-VALUE}).")
    private String cluster;

    @Option(
            names = "--region",
            defaultValue = "eu-west-1",
            description = "Region in the host names (${DEFAULT-VALUE}).")
    private String region;

    @Option(names = "--nodes", defaultValue = "3", description = "Instances, 1 to 9 (${DEFAULT-VALUE}).")
    private int nodes;

    @Option(names = "--user", defaultValue = "app", description = "The IAM database user (${DEFAULT-VALUE}).")
    private String user;

    @Option(names = "--port", defaultValue = "0", description = "The port of all nodes (a free one).")
    private int port;

    @Option(
            names = "--addresses",
            paramLabel = "A.B.C",
            defaultValue = "127.0.0",
            description = "The nodes listen on A.B.C.11 and the addresses after it (${DEFAULT-VALUE}).")
    private String addressPrefix;

    @Option(
            names = "--engine",
            defaultValue = "POSTGRES",
            description = "POSTGRES, MYSQL or MARIADB (${DEFAULT-VALUE}).")
    private Engine engine;

    @Option(
            names = "--version",
            paramLabel = "V",
            description = "PostgreSQL 14 to 18, MySQL 8.0, MariaDB 10.11 or 11.4 (what there is).")
    private Optional<String> serverVersion;

    @Option(
            names = "--postgres",
            defaultValue = "ANY",
            description = "INSTALLED, BUNDLED, or ANY: an installed PostgreSQL, or the bundled one if there is none.")
    private Postgres postgres;

    @Option(names = "--no-tls", description = "The servers speak no TLS, so nobody can log in with a token.")
    private boolean noTls;

    @Option(names = "--stranger-certificate", description = "The servers show certificates of an unknown authority.")
    private boolean stranger;

    /** Made by picocli. */
    private Main() {}

    /** Runs until {@code quit}, the end of the input, or an interrupt. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
        line.getCommandSpec()
                .addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this and end.")
                        .build());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (!(failure instanceof LocalRdsException) && !(failure instanceof IllegalArgumentException)) {
                throw failure;
            }
            command.getErr().println(failure.getMessage());
            return command.getCommandSpec().exitCodeOnExecutionException();
        });
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        try (LocalRds rds = start()) {
            new Summary(rds).print(out);
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            new Prompt(rds, in, out).run();
        }
        return CommandLine.ExitCode.OK;
    }

    private LocalRds start() {
        LocalRdsBuilder builder = LocalRds.builder();
        serverVersion.ifPresent(builder::version);
        return builder.cluster(cluster)
                .region(region)
                .nodes(nodes)
                .user(user)
                .port(port)
                .addressPrefix(addressPrefix)
                .engine(engine)
                .postgres(postgres)
                .tls(!noTls)
                .strangerCertificate(stranger)
                .start();
    }
}

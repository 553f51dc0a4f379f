package io.rdsagent.bench;

import io.rdsagent.bench.program.Database;
import io.rdsagent.localrds.LocalRds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsUtilities;

/**
 * How each contender reaches the same server, user and database, verifying the certificate in full. The bare driver's static password is a
 * token that was signed outside of what is measured: so all log in by the same way, and differ in who
 * brings the password.
 */
final class Sides {

    static final String BARE = "bare";
    static final String AGENT = "agent";
    static final String PEER = "peer";

    private final LocalRds rds;
    private final Path agent;

    Sides(LocalRds rds, Path agent) {
        this.rds = rds;
        this.agent = agent;
    }

    /** JVM options that the driver alone needs. */
    List<String> bare() {
        List<String> options = common("jdbc:postgresql://");
        options.addAll(verifyFull());
        options.add(property("password", token()));
        return options;
    }

    List<String> agent() {
        return agent(agent);
    }

    /** With another jar of the agent. */
    List<String> agent(Path jar) {
        List<String> options = common("jdbc:postgresql://");
        options.add("-javaagent:" + jar);
        options.add("-Drdsagent.tls.ca=" + rds.caFile());
        return options;
    }

    List<String> peer() {
        List<String> options = common("jdbc:aws-wrapper:postgresql://");
        options.addAll(verifyFull());
        options.add(property("wrapperPlugins", "iam"));
        return options;
    }

    /** The bare driver with the agent present: what it costs a database that it leaves alone. */
    List<String> bystander() {
        List<String> options = new ArrayList<>(bare());
        options.add("-javaagent:" + agent);
        options.add("-Drdsagent.match=another.invalid");
        return options;
    }

    /** All three, in the order of a table. */
    Map<String, Program> all(Class<?> program, String... arguments) {
        Map<String, Program> all = new LinkedHashMap<>();
        all.put(BARE, Program.of(program, ClassPaths.driver(), arguments).with(bare()));
        all.put(AGENT, Program.of(program, ClassPaths.driver(), arguments).with(agent()));
        all.put(PEER, Program.of(program, ClassPaths.peer(), arguments).with(peer()));
        return all;
    }

    private List<String> common(String scheme) {
        List<String> options = new ArrayList<>();
        options.add("-Djdk.net.hosts.file=" + rds.hostsFile());
        options.add("-Daws.accessKeyId=" + rds.key().id());
        options.add("-Daws.secretAccessKey=" + rds.key().secret());
        options.add("-Daws.disableEc2Metadata=true");
        options.add("-D" + Database.URL + "=" + scheme + rds.clusterHost() + ":" + rds.port() + "/" + rds.database());
        options.add(property("user", rds.user()));
        return options;
    }

    private List<String> verifyFull() {
        return List.of(
                property("sslmode", "verify-full"),
                property("sslrootcert", rds.caFile().toString()));
    }

    private static String property(String name, String value) {
        return "-D" + Database.PROPERTY + name + "=" + value;
    }

    private String token() {
        return RdsUtilities.builder()
                .region(Region.of(rds.region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(rds.key().id(), rds.key().secret())))
                .build()
                .generateAuthenticationToken(
                        b -> b.hostname(rds.clusterHost()).port(rds.port()).username(rds.user()));
    }
}

package io.rdsagent.cli;

import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.endpoint.Endpoint;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The steps to one endpoint. What a step needs and an earlier one did not give has it skipped. */
final class Examination implements AutoCloseable {

    private final Endpoint endpoint;
    private final Network network;
    private final Signature signature;
    private final Server server;
    private final List<Step> steps = new ArrayList<>();

    Examination(JdbcTarget target, DatabaseConfig database, Endpoint endpoint, String user, Clock clock) {
        this.endpoint = endpoint;
        this.signature = new Signature(database, endpoint, user, clock);
        this.network = new Network(target, database, endpoint, signature, clock);
        this.server = new Server(target, endpoint, user, network, signature, clock);
    }

    void run(Consumer<Step> told) {
        take(network.name(), told);
        take(network.tcp(), told);
        take(network.tls(), told);
        take(signature.region(), told);
        take(signature.credentials(), told);
        take(signature.clock(), told);
        take(signature.token(), told);
        take(server.login(), told);
        take(server.role(), told);
        take(server.topology(), told);
    }

    private void take(Step step, Consumer<Step> told) {
        steps.add(step);
        told.accept(step);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    List<Step> steps() {
        return steps;
    }

    boolean isWell() {
        return steps.stream().noneMatch(Step::isWrong);
    }

    @Override
    public void close() {
        try {
            network.close();
        } catch (IOException gone) {
            // As it should be.
        }
    }
}

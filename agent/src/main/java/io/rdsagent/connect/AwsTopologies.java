package io.rdsagent.connect;

import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.endpoint.Discoveries;
import io.rdsagent.endpoint.RdsHostName;
import io.rdsagent.endpoint.TopologySource;
import io.rdsagent.token.Identity;
import io.rdsagent.token.RdsApi;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Whoever asks for the same cluster as the same identity shares one caller, and its answers. */
public final class AwsTopologies implements Discoveries.ByAws {

    private final RdsApi api;
    private final Clock clock;
    private final Map<List<Object>, AwsTopology> callers = new ConcurrentHashMap<>();

    public AwsTopologies(RdsApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    @Override
    public TopologySource of(DatabaseConfig config, RdsHostName name) {
        Identity identity = new Identity(config.profile(), config.roleArn(), config.externalId());
        String region = config.region() == null ? name.region() : config.region();
        return callers.computeIfAbsent(
                Arrays.asList(name.identifier(), region, identity),
                any -> new AwsTopology(api, identity, region, name.identifier(), clock));
    }
}

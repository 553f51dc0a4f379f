package io.rdsagent.given;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.config.Balance;
import io.rdsagent.config.Config;
import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.config.HostPort;
import io.rdsagent.endpoint.Aliases;
import io.rdsagent.endpoint.Balancer;
import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Endpoint;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Configurations, endpoints and databases of the shape a test is about. */
public final class Configured {

    /** @param argument as after {@code -javaagent:jar=}; has to be without a mistake */
    public static Config config(String argument) {
        Config config = Config.read(Map.of(), Map.of(), argument);
        assertThat(config.problems()).isEmpty();
        return config;
    }

    /** The settings for all that is not named. */
    public static DatabaseConfig database(String argument) {
        List<DatabaseConfig> all = config(argument).databases();
        return all.get(all.size() - 1);
    }

    public static Database orders(DatabaseConfig config, Endpoint... endpoints) {
        return new Database(config, "orders", new Balancer(Arrays.asList(endpoints), Balance.ROUND_ROBIN, 0));
    }

    /** @param address host:port */
    public static Endpoint endpoint(String address) {
        HostPort parsed = HostPort.parse(address, HostPort.NO_PORT);
        return new Endpoint(parsed, parsed, null);
    }

    public static List<HostPort> hosts(String... addresses) {
        return Stream.of(addresses).map(text -> HostPort.parse(text, 5432)).toList();
    }

    private Configured() {}

    /** A DNS server that is not there: no name stands for another. */
    public static Aliases noAliases(Clock clock) {
        return new Aliases(HostPort.of("127.0.0.1", 1), clock, Runnable::run, new RecordedEvents());
    }
}

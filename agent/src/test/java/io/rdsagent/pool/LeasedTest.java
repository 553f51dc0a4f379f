package io.rdsagent.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.given.Configured;
import io.rdsagent.given.FakeConnection;
import io.rdsagent.lease.Lease;
import io.rdsagent.lease.LeasesFixture;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

class LeasedTest {

    private final Endpoint endpoint = Configured.endpoint("db-1:5432");
    private final LeasesFixture leases = new LeasesFixture();
    private final Leased leased = new Leased(leases.leases());
    private final Connection physical = new FakeConnection().physical();
    private final Lease lease = leases.add(physical, endpoint);

    @Test
    void aConnectionOfOursIsFoundByItself() {
        assertThat(leased.of(physical)).isSameAs(lease);
    }

    @Test
    void itIsFoundInTheFieldOfAPoolsEntryAndOfTheHandleWithin() {
        assertThat(leased.of(new Entry(physical))).isSameAs(lease);
        assertThat(leased.of(new Entry(new Entry(physical)))).isSameAs(lease);
    }

    @Test
    void whatStandsForNoneOfOursIsNotFound() {
        assertThat(leased.of(new FakeConnection().physical())).isNull();
        assertThat(leased.of(new Entry("text"))).isNull();
        assertThat(leased.of("text")).isNull();
        assertThat(leased.of(null)).isNull();
    }

    private record Entry(Object held) {}
}

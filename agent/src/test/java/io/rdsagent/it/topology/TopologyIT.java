package io.rdsagent.it.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Node;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a cluster's name in the URL leads to, as the database itself tells. */
class TopologyIT {

    private static LocalRds rds;

    @BeforeAll
    static void start() {
        rds = LocalRds.builder().nodes(3).start();
        rds.admin(rds.writer(), "CREATE TABLE parcel (id int); GRANT ALL ON parcel TO app");
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @Test
    void aReadersPoolIsSpreadOverAllReadersThoughDnsNamesOneOfThem() throws Exception {
        try (Idling application = new Idling(Idling.pool(rds, rds.readerHost(), 10))) {
            assertThat(application.tell("where"))
                    .as(application.all())
                    .isEqualTo("where {" + rds.readers().get(0).name() + "=5, "
                            + rds.readers().get(1).name() + "=5}");
            assertThat(application.log()).anySatisfy(line -> assertThat(line).contains("its instances are known"));
        }
    }

    @Test
    void aWritersPoolMovesToTheNewWriterWhenTheRolesAreSwappedAndNobodyNotices() throws Exception {
        Node old = rds.writer();
        Node next = rds.readers().get(0);
        try (Idling application = new Idling(Idling.pool(rds, rds.clusterHost(), 5))) {
            assertThat(application.tell("where")).isEqualTo("where {" + old.name() + "=5}");

            next.promote();

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(application.log())
                            .anySatisfy(line ->
                                    assertThat(line).contains(next.host() + ":" + rds.port() + " is the writer now")));
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(Idling.sessions(rds, old)).isZero();
                assertThat(Idling.sessions(rds, next)).isGreaterThanOrEqualTo(5);
            });
            assertThat(application.tell("write")).as(application.all()).isEqualTo("wrote");
            assertThat(application.tell("where")).isEqualTo("where {" + next.name() + "=5}");
        }
    }
}

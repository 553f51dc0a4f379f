package io.rdsagent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RdsHostNameTest {

    @ParameterizedTest
    @CsvSource({
        "orders-1.c1abc.eu-west-1.rds.amazonaws.com,               INSTANCE,       orders-1, c1abc, eu-west-1,      false",
        "orders.cluster-c1abc.eu-west-1.rds.amazonaws.com,         CLUSTER_WRITER, orders,   c1abc, eu-west-1,      false",
        "orders.cluster-ro-c1abc.eu-west-1.rds.amazonaws.com,      CLUSTER_READER, orders,   c1abc, eu-west-1,      false",
        "slow.cluster-custom-c1abc.us-gov-east-1.rds.amazonaws.com, CLUSTER_CUSTOM, slow,    c1abc, us-gov-east-1,  false",
        "orders.proxy-c1abc.ap-southeast-2.rds.amazonaws.com,      PROXY,          orders,   c1abc, ap-southeast-2, false",
        "ro.endpoint.proxy-c1abc.eu-west-1.rds.amazonaws.com,      PROXY,          ro,       c1abc, eu-west-1,      false",
        "wide.shardgrp-c1abc.us-east-1.rds.amazonaws.com,          SHARD_GROUP,    wide,     c1abc, us-east-1,      false",
        "db.c1abc.cn-north-1.rds.amazonaws.com.cn,                 INSTANCE,       db,       c1abc, cn-north-1,     true",
        "db.cluster-c1abc.rds.cn-northwest-1.amazonaws.com.cn,     CLUSTER_WRITER, db,       c1abc, cn-northwest-1, true",
        "DB.Cluster-C1ABC.EU-West-1.RDS.amazonaws.com.,            CLUSTER_WRITER, db,       c1abc, eu-west-1,      false",
    })
    void aNameTellsWhereItLeads(
            String host, RdsHostName.Kind kind, String identifier, String id, String region, boolean china) {
        RdsHostName name = RdsHostName.parse(host);

        assertThat(name.kind()).isEqualTo(kind);
        assertThat(name.identifier()).isEqualTo(identifier);
        assertThat(name.id()).isEqualTo(id);
        assertThat(name.region()).isEqualTo(region);
        assertThat(name.isChina()).isEqualTo(china);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                ".",
                "localhost",
                "127.0.0.1",
                "rds.amazonaws.com",
                "c1abc.eu-west-1.rds.amazonaws.com",
                "db.c1abc.eu-west-1.rds.amazonaws.com.evil.example",
                "db.c1abc.eu-west-1.rds.amazonaws.comx",
                "db.c1abc.eu-west-1.rdsxamazonaws.com",
                "db.c1abc.eu-west.rds.amazonaws.com",
                "db.c1-abc.eu-west-1.rds.amazonaws.com",
                "db.cluster-.eu-west-1.rds.amazonaws.com",
                "db.endpoint.cluster-c1abc.eu-west-1.rds.amazonaws.com",
                "-db.c1abc.eu-west-1.rds.amazonaws.com",
                "a.db.c1abc.eu-west-1.rds.amazonaws.com",
                "orders.global-c1abc.global.rds.amazonaws.com",
                "db.c1abc.eu-west-1.rds.amazonaws.com:5432",
                "db.c1abc.eu-west-1.rds.amazonaws.com..",
                "db.c1abc.eu-west-1.rds.amazonaws.com\n",
            })
    void whatIsNoRdsNameIsNull(String host) {
        assertThat(RdsHostName.parse(host)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "orders.cluster-c1abc.eu-west-1.rds.amazonaws.com,        orders-1.c1abc.eu-west-1.rds.amazonaws.com",
        "orders.cluster-ro-c1abc.eu-west-1.rds.amazonaws.com,     orders-1.c1abc.eu-west-1.rds.amazonaws.com",
        "any.cluster-custom-c1abc.eu-west-1.rds.amazonaws.com,    orders-1.c1abc.eu-west-1.rds.amazonaws.com",
        "orders-2.c1abc.eu-west-1.rds.amazonaws.com,              orders-1.c1abc.eu-west-1.rds.amazonaws.com",
        "orders.cluster-c1abc.cn-north-1.rds.amazonaws.com.cn,    orders-1.c1abc.cn-north-1.rds.amazonaws.com.cn",
        "orders.cluster-c1abc.rds.cn-north-1.amazonaws.com.cn,    orders-1.c1abc.rds.cn-north-1.amazonaws.com.cn",
    })
    void anInstancesNameFollowsFromItsClusters(String cluster, String instance) {
        assertThat(RdsHostName.parse(cluster).instanceHost("Orders-1")).isEqualTo(instance);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders.proxy-c1abc.eu-west-1.rds.amazonaws.com",
                "wide.shardgrp-c1abc.us-east-1.rds.amazonaws.com",
            })
    void noInstancesNameFollowsFromAProxysOrAShardGroups(String host) {
        assertThatThrownBy(() -> RdsHostName.parse(host).instanceHost("orders-1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(host);
    }

    @Property
    void theInstanceOfAnyClusterIsAnInstanceInItsRegion(
            @ForAll("clusters") String host, @ForAll("labels") String server) {
        RdsHostName cluster = RdsHostName.parse(host);
        RdsHostName instance = RdsHostName.parse(cluster.instanceHost(server));

        assertThat(instance.kind()).isEqualTo(RdsHostName.Kind.INSTANCE);
        assertThat(instance.identifier()).isEqualTo(server);
        assertThat(instance.id()).isEqualTo(cluster.id());
        assertThat(instance.region()).isEqualTo(cluster.region());
        assertThat(instance.isChina()).isEqualTo(cluster.isChina());
    }

    @Property
    void theCaseOfLettersDoesNotMatter(@ForAll("clusters") String host) {
        assertThat(RdsHostName.parse(host.toUpperCase(Locale.ROOT))).isEqualTo(RdsHostName.parse(host));
    }

    @Property
    void anyTextIsParsedOrNullAndWhatIsParsedIsItsOwnName(@ForAll String text) {
        RdsHostName name = RdsHostName.parse(text);

        assertThat(name == null || RdsHostName.parse(name.host()).equals(name)).isTrue();
    }

    @Property
    void noNameInAnotherDomainIsAnRdsName(@ForAll("clusters") String host, @ForAll("labels") String domain) {
        assertThat(RdsHostName.parse(host + "." + domain + "x")).isNull();
    }

    @Provide
    Arbitrary<String> clusters() {
        Arbitrary<String> kinds = Arbitraries.of("cluster-", "cluster-ro-", "cluster-custom-");
        Arbitrary<String> ids = Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .ofMinLength(1)
                .ofMaxLength(20);
        Arbitrary<String> domains = Arbitraries.of(
                "eu-west-1.rds.amazonaws.com",
                "us-gov-west-1.rds.amazonaws.com",
                "mx-central-1.rds.amazonaws.com",
                "cn-north-1.rds.amazonaws.com.cn",
                "rds.cn-north-1.amazonaws.com.cn");
        return Combinators.combine(labels(), kinds, ids, domains)
                .as((label, kind, id, domain) -> label + "." + kind + id + "." + domain);
    }

    @Provide
    Arbitrary<String> labels() {
        Arbitrary<String> ends =
                Arbitraries.strings().withCharRange('a', 'z').numeric().ofLength(1);
        Arbitrary<String> middles = Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .withChars('-')
                .ofMaxLength(61);
        return Combinators.combine(ends, middles, ends).as((first, middle, last) -> first + middle + last);
    }
}

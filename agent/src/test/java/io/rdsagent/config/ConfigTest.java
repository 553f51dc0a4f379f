package io.rdsagent.config;

import static io.rdsagent.config.Given.database;
import static io.rdsagent.config.Given.map;
import static io.rdsagent.config.Given.setting;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
    @TempDir
    private Path folder;

    @Test
    void withNothingSetTheDefaultsOfTheDesignAreInEffect() {
        Config config = Given.argument(null);

        assertThat(config.problems()).isEmpty();
        assertThat(config.enabled()).isTrue();
        assertThat(config.logLevel()).isEqualTo(LogLevel.INFO);
        assertThat(config.logFile()).isNull();
        assertThat(config.statusPort()).isNull();
        assertThat(config.statusHost()).isEqualTo("127.0.0.1");
        assertThat(config.dnsServer()).isNull();
        assertThat(config.databases()).extracting(DatabaseConfig::name).containsExactly("default");
    }

    @Test
    void theDefaultDatabaseHasTheDefaultsOfTheDesign() {
        DatabaseConfig database = database(Given.argument(null), "default");

        assertThat(database.hosts()).hasToString("*.rds.amazonaws.com*");
        assertThat(database.iam()).isEqualTo(Iam.AUTO);
        assertThat(database.user()).isNull();
        assertThat(database.region()).isNull();
        assertThat(database.profile()).isNull();
        assertThat(database.roleArn()).isNull();
        assertThat(database.externalId()).isNull();
        assertThat(database.endpoints()).isEmpty();
        assertThat(database.discover()).isEqualTo(Discover.AUTO);
        assertThat(database.role()).isEqualTo(RoleWish.BY_HOST_NAME);
        assertThat(database.balance()).isEqualTo(Balance.ROUND_ROBIN);
        assertThat(database.signFor()).isEmpty();
        assertThat(database.tls()).isEqualTo(TlsMode.VERIFY_FULL);
        assertThat(database.tlsCa()).isNull();
        assertThat(database.lifetime()).isEqualTo(Lifetime.TOKEN);
        assertThat(database.lifetimeMargin()).isEqualTo(Duration.ofMinutes(1));
        assertThat(database.lifetimeJitter()).isEqualTo(0.1);
        assertThat(database.idle()).isEqualTo(Duration.ofMinutes(5));
        assertThat(database.connectRate()).isEqualTo(20);
        assertThat(database.spares()).isEqualTo(1);
        assertThat(database.healthInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(database.healthTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(database.deadAfter()).isEqualTo(3);
        assertThat(database.onError()).isEqualTo(OnError.PASS);
    }

    @Test
    void everyKeyReachesItsAccessor() throws IOException {
        File ca = file("ca.pem", "");
        DatabaseConfig database = database(
                Given.argument("match=db.local;iam=always;user=App;region=eu-west-1;profile=p;"
                        + "role-arn=arn:aws:iam::123456789012:role/app;external-id=orders/7;endpoints=a:1/writer,b:2;discover=dns;role=reader;"
                        + "balance=least-connections;sign-for=C:3;tls=require;tls.ca=" + ca + ";lifetime=10m;"
                        + "lifetime.margin=5s;lifetime.jitter=0%;idle=off;connect.rate=60/m;spares=2;health.interval=1s;"
                        + "health.timeout=500ms;dead.after=off;on-error=fail"),
                "default");

        assertThat(database.hosts()).hasToString("db.local");
        assertThat(database.iam()).isEqualTo(Iam.ALWAYS);
        assertThat(database.user()).isEqualTo("App");
        assertThat(database.region()).isEqualTo("eu-west-1");
        assertThat(database.profile()).isEqualTo("p");
        assertThat(database.roleArn()).isEqualTo("arn:aws:iam::123456789012:role/app");
        assertThat(database.externalId()).isEqualTo("orders/7");
        assertThat(database.endpoints()).containsExactly(EndpointSpec.parse("a:1/writer"), EndpointSpec.parse("b:2"));
        assertThat(database.discover()).isEqualTo(Discover.DNS);
        assertThat(database.role()).isEqualTo(RoleWish.READER);
        assertThat(database.balance()).isEqualTo(Balance.LEAST_CONNECTIONS);
        assertThat(database.signFor()).containsExactly(HostPort.of("c", 3));
        assertThat(database.tls()).isEqualTo(TlsMode.REQUIRE);
        assertThat(database.tlsCa()).isEqualTo(ca);
        assertThat(database.lifetime()).isEqualTo(Lifetime.fixed(Duration.ofMinutes(10)));
        assertThat(database.lifetimeMargin()).isEqualTo(Duration.ofSeconds(5));
        assertThat(database.lifetimeJitter()).isZero();
        assertThat(database.idle()).isNull();
        assertThat(database.connectRate()).isEqualTo(1);
        assertThat(database.spares()).isEqualTo(2);
        assertThat(database.healthInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(database.healthTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(database.deadAfter()).isZero();
        assertThat(database.onError()).isEqualTo(OnError.FAIL);
    }

    @Test
    void everyKeyOfTheAgentReachesItsAccessor() {
        Config config = Given.argument("enabled=false;log.level=DEBUG;log.file=a.log;status.port=8080;status.host=::1;"
                + "dns.server=10.0.0.2:53");

        assertThat(config.enabled()).isFalse();
        assertThat(config.logLevel()).isEqualTo(LogLevel.DEBUG);
        assertThat(config.logFile()).isEqualTo(new File("a.log"));
        assertThat(config.statusPort()).isEqualTo(8080);
        assertThat(config.statusHost()).isEqualTo("::1");
        assertThat(config.dnsServer()).isEqualTo(HostPort.of("10.0.0.2", 53));
    }

    @Test
    void theFirstPlaceThatNamesAKeyWins() throws IOException {
        File file = file("agent.properties", "# settings\nuser=d\nregion=eu-west-4\nprofile=d\nrole=any\n");
        Config config = Config.read(
                map("rdsagent.user", "a", "rdsagent.config", file.getPath(), "other.user", "x"),
                map("RDSAGENT_USER", "b", "RDSAGENT_REGION", "eu-west-2", "PATH", "x"),
                "user=c;region=eu-west-3;profile=c");

        assertThat(config.problems()).isEmpty();
        assertThat(setting(config, "user")).hasToString("user=a (system property rdsagent.user)");
        assertThat(setting(config, "region")).hasToString("region=eu-west-2 (environment RDSAGENT_REGION)");
        assertThat(setting(config, "profile")).hasToString("profile=c (agent argument)");
        assertThat(setting(config, "role")).hasToString("role=any (file " + file + " line 5)");
        assertThat(setting(config, "idle")).hasToString("idle=300s (default)");
    }

    @Test
    void anAgentArgumentWithoutEqualsIsAFile() throws IOException {
        Config config = Given.argument(
                file("a.properties", "rdsagent.user=app\ndb.orders.match=o\n").getPath());

        assertThat(config.problems()).isEmpty();
        assertThat(database(config, "orders").user()).isEqualTo("app");
    }

    @Test
    void anEmptyTextIsAsIfItWereNotThere() {
        Config config = Config.read(map("rdsagent.user", " "), map("RDSAGENT_USER", "b"), "");

        assertThat(config.problems()).isEmpty();
        assertThat(database(config, "default").user()).isEqualTo("b");
    }

    @Test
    void theMarkOfTheLauncherIsNotAKey() {
        assertThat(Given.properties("io.rdsagent.attached", "true").problems()).isEmpty();
    }

    @Test
    void aDatabaseInheritsWhatIsSetForAllAndOverridesWhatIsSetForItself() {
        Config config = Given.argument("user=all;role=reader;db.orders.match=orders;db.orders.user=own");

        assertThat(database(config, "orders").user()).isEqualTo("own");
        assertThat(database(config, "orders").role()).isEqualTo(RoleWish.READER);
        assertThat(database(config, "default").user()).isEqualTo("all");
        assertThat(config.settings()).extracting(Setting::key).endsWith("db.orders.match", "db.orders.user");
    }

    @Test
    void offForOneDatabaseOverridesWhatIsSetForAll() {
        Config config = Given.argument("idle=1m;db.orders.match=orders;db.orders.idle=off");

        assertThat(database(config, "orders").idle()).isNull();
    }

    @Test
    void aNameIsTheSameHoweverItIsSpelled() {
        Config config = Config.read(
                map("rdsagent.db.Orders.EU.match", "o", "rdsagent.db.orders_eu.user", "app"),
                map(
                        "RDSAGENT_DB_ORDERS_EU_LIFETIME_MARGIN",
                        "5s",
                        "RDSAGENT_DB_ORDERS_EU_ROLE_ARN",
                        "arn:aws:iam::123456789012:role/a"),
                "db.orders-eu.tls=verify-ca");

        DatabaseConfig orders = database(config, "orders-eu");
        assertThat(config.problems()).isEmpty();
        assertThat(config.databases()).hasSize(2);
        assertThat(orders.user()).isEqualTo("app");
        assertThat(orders.lifetimeMargin()).isEqualTo(Duration.ofSeconds(5));
        assertThat(orders.roleArn()).endsWith("role/a");
        assertThat(orders.tls()).isEqualTo(TlsMode.VERIFY_CA);
    }

    @Test
    void aNamedDatabaseComesBeforeTheDefaultOne() {
        Config config = Given.argument("db.orders.match=orders.*.rds.amazonaws.com");

        assertThat(config.forHost("ORDERS.x.rds.amazonaws.com", 5432).name()).isEqualTo("orders");
        assertThat(config.forHost("users.x.rds.amazonaws.com", 5432).name()).isEqualTo("default");
        assertThat(config.forHost("localhost", 5432)).isNull();
        assertThat(config.forHost(null, 5432)).isNull();
    }

    @Test
    void theDatabaseThatNamesTheHostMostExactlyIsUsed() {
        Config config =
                Given.argument("db.a.match=*.local;db.b.match=x.local;db.c.match=x.local:5;db.d.match=*.local:5");

        assertThat(config.problems()).isEmpty();
        assertThat(config.forHost("y.local", 1).name()).isEqualTo("a");
        assertThat(config.forHost("x.local", 1).name()).isEqualTo("b");
        assertThat(config.forHost("x.local", 5).name()).isEqualTo("c");
        assertThat(config.forHost("y.local", 5).name()).isEqualTo("d");
    }

    @Test
    void withoutAMatchADatabaseAnswersToItsOwnAddresses() {
        Config config = Given.argument("db.a.endpoints=x:1,y:2/reader;db.a.sign-for=z:3;endpoints=g:1");

        assertThat(database(config, "a").hosts()).hasToString("x:1,y:2,z:3");
        assertThat(config.forHost("Y", 2).name()).isEqualTo("a");
        assertThat(config.forHost("y", 3)).isNull();
    }

    @Test
    void aDatabaseWithoutHostsIsSaidAndNotUsed() {
        Config config = Given.argument("db.orders.user=app");

        assertThat(config.databases()).extracting(DatabaseConfig::name).containsExactly("default");
        assertThat(config.settings()).extracting(Setting::key).doesNotContain("db.orders.user");
        assertThat(config.problems()).singleElement().asString().contains("db.orders", "db.orders.match");
    }

    @Test
    void askingForAHostAllocatesNothing() {
        Config config = Given.argument("db.a.match=*.a.local:5,a;db.b.match=*.b.local");
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        String host = "Orders.abc.eu-west-1.rds.amazonaws.com";
        long thread = Thread.currentThread().getId();
        config.forHost(host, 5432);

        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < 100_000; i++) {
            config.forHost(host, 5432);
        }
        long allocated = threads.getThreadAllocatedBytes(thread) - before;

        assertThat(allocated).as("bytes in 100,000 calls").isLessThan(100_000);
    }

    @Test
    void theListsCannotBeChanged() {
        Config config = Given.argument("endpoints=a:1;x=y");

        for (List<?> list : List.of(
                config.databases(),
                config.settings(),
                config.problems(),
                database(config, "default").endpoints())) {
            assertThat(list).isNotEmpty().isUnmodifiable();
        }
    }

    private File file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu-west-1a", "us-gov-west-1b", "us-west-2-lax-1a"})
    void aZoneIsWrittenByItsName(String zone) {
        assertThat(database(Given.argument("zone=" + zone), "default").zone()).isEqualTo(zone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"euw1-az1", "eu-west-1", "a", "1a", "eu_west_1a"})
    void whatIsNoZonesNameIsRefused(String zone) {
        Config config = Given.argument("zone=" + zone);

        assertThat(config.problems())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.toString()).contains("zone", "eu-west-1a (not its id), or none"));
        assertThat(database(config, "default").zone()).isNull();
    }

    @Test
    void withoutAZoneAllAreAlike() {
        assertThat(database(Given.argument("zone=none"), "default").zone()).isNull();
    }
}

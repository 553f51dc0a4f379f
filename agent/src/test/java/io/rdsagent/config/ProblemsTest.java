package io.rdsagent.config;

import static io.rdsagent.config.Given.database;
import static io.rdsagent.config.Given.map;
import static io.rdsagent.config.Given.setting;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "lifetme, lifetime",
        "roleArn, role-arn",
        "log_level, log.level",
        "tls.mode, tls",
        "lifetime.margn, lifetime.margin",
        "orders.user, db.orders.user",
        "db.orders.lifetme, db.orders.lifetime",
        "db.Orders.EU.usr, db.orders-eu.user",
        "db.user, db.NAME.user",
        "db..user, db.NAME.user",
        "database.orders.region, db.orders.region",
        "db.default.user, user",
        "db.orders.log.levl, log.level",
    })
    void anUnknownKeyIsSaidWithTheNearestRightOne(String wrong, String right) {
        assertThat(Given.argument(wrong + "=x").problems())
                .containsExactly(wrong + " (agent argument) is not a key of the agent and is ignored. Right would be "
                        + right + ".");
    }

    @Test
    void theRightKeyIsSpelledAsInThePlaceWhereTheWrongOneWas() {
        Config config =
                Config.read(map("rdsagent.lifetme", "1"), map("RDSAGENT_DB_ORDERS_EU_LIFETIME_MARGN", "1"), null);

        assertThat(config.problems())
                .containsExactly(
                        "lifetme (system property rdsagent.lifetme) is not a key of the agent and is ignored."
                                + " Right would be rdsagent.lifetime.",
                        "DB_ORDERS_EU_LIFETIME_MARGN (environment RDSAGENT_DB_ORDERS_EU_LIFETIME_MARGN) is not a key of"
                                + " the agent and is ignored. Right would be RDSAGENT_DB_ORDERS_EU_LIFETIME_MARGIN.");
    }

    @Test
    void aKeyThatIsNearNothingPointsToTheManual() {
        assertThat(Given.argument("zzzzzzzz=x").problems())
                .singleElement()
                .asString()
                .contains("manual");
    }

    @Test
    void aBadValueIsSaidWithTheDefaultThatIsUsedAndWithWhatWouldBeRight() {
        Config config = Given.properties("rdsagent.idle", "5 parsecs");

        assertThat(config.problems())
                .containsExactly(
                        "idle (system property rdsagent.idle) is \"5 parsecs\", which cannot be used; the default"
                                + " 300s is used. Right would be a duration such as 500ms, 5s, 15m or 2h (at least 1ms, at most a"
                                + " year), or off.");
        assertThat(setting(config, "idle")).hasToString("idle=300s (default)");
    }

    @Test
    void aBadValueOfOneDatabaseFallsBackToTheOneForAll() {
        Config config = Given.argument("idle=1m;db.orders.match=o;db.orders.idle=x");

        assertThat(database(config, "orders").idle()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.problems()).singleElement().asString().contains("; 1m is used, as for all databases.");
    }

    @Test
    void aBadMatchLeavesTheDatabaseItsOwnAddresses() {
        Config config = Given.argument("db.orders.match=a b;db.orders.endpoints=o:1");

        assertThat(config.forHost("o", 1).name()).isEqualTo("orders");
        assertThat(config.problems()).singleElement().asString().contains("its own endpoints and sign-for are used");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=hunter2!x",
                "jdbc:postgresql://app:hunter2!x@db/orders",
                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYhunter2!x",
                "My Secret hunter2!x",
            })
    void aValueThatLooksLikeASecretIsNeverShown(String secret) {
        Config config = Given.properties(
                "rdsagent.idle", secret,
                "rdsagent.user", secret,
                "rdsagent.password", secret,
                "rdsagent.config", secret,
                "rdsagent.db.x.match", "h",
                "rdsagent.db.x.idle", secret);

        assertThat(config.problems()).hasSize(4);
        assertThat(config.problems().toString() + config.settings()).doesNotContain("hunter2");
    }

    @Test
    void aPartOfTheArgumentWithoutEqualsIsCountedAndNotShown() {
        assertThat(Given.argument("user=a;b;c=").problems())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("Part 2 of the agent argument has no = in it and is ignored.");
    }

    @Test
    void aValueWithLineBreaksStaysOnOneShortLine() {
        assertThat(Given.argument("tls=" + "x\r\ny\u2028\u001b".repeat(99)).problems())
                .singleElement()
                .asString()
                .doesNotContain("\n", "\r", "\u2028", "\u001b")
                .hasSizeLessThan(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status.port=8080", "status.host=::1"})
    void aKeyThatDoesNothingYetSaysSo(String pair) {
        assertThat(Given.argument(pair).problems())
                .singleElement()
                .asString()
                .contains("is accepted but has no effect in this version");
    }

    @Test
    void aKeyThatDoesNothingYetIsCheckedAllTheSame() {
        assertThat(Given.argument("spares=many").problems())
                .singleElement()
                .asString()
                .contains("whole number");
    }

    @Test
    void aSettingOfTheWholeAgentIsNotOneOfADatabase() {
        assertThat(Given.environment("RDSAGENT_DB_ORDERS_LOG_LEVEL", "debug").problems())
                .singleElement()
                .asString()
                .contains("a setting of the whole agent", "Right would be RDSAGENT_LOG_LEVEL.");
    }

    @Test
    void aMissingFileIsSaidAndTheRestIsRead() {
        Config config = Config.read(map("rdsagent.config", "no/such.file"), map("RDSAGENT_USER", "app"), null);

        assertThat(database(config, "default").user()).isEqualTo("app");
        assertThat(config.problems())
                .singleElement()
                .asString()
                .startsWith(
                        "The file \"no/such.file\" (system property rdsagent.config) cannot be read: there is no such"
                                + " file. The agent goes on without it.");
    }

    @Test
    void aFileThatIsNotInUtf8IsSaid() throws IOException {
        Path file = Files.write(folder.resolve("f"), "user=Jos\u00e9".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(Given.argument(file.toString()).problems())
                .singleElement()
                .asString()
                .contains("not in UTF-8");
    }

    @Test
    void aFileThatIsTooLargeIsSaid() throws IOException {
        Path file = Files.write(folder.resolve("f"), new byte[(1 << 20) + 1]);

        assertThat(Given.argument(file.toString()).problems())
                .singleElement()
                .asString()
                .contains("too large");
    }

    @Test
    void aFolderIsNotAFile() {
        assertThat(Given.argument(folder.toString()).problems())
                .singleElement()
                .asString()
                .contains("not a file");
    }

    @Test
    void aFileCannotNameAnotherFile() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "config=other");

        assertThat(Given.argument(file.toString()).problems())
                .singleElement()
                .asString()
                .contains("a file cannot name another file");
    }

    @Test
    void anUnreadableCertificateFileIsSaid() {
        Config config = Given.argument("tls.ca=no/such.pem");

        assertThat(database(config, "default").tlsCa()).isNull();
        assertThat(config.problems())
                .singleElement()
                .asString()
                .contains("\"no/such.pem\"", "the default (the bundled RDS roots) is used", "a readable PEM file");
    }

    @Test
    void twoDatabasesThatMatchTheSameHostAreSaidAndTheFirstByNameIsUsed() {
        Config config = Given.argument("db.b.match=x,orders.*;db.a.match=*.local");

        assertThat(config.problems())
                .containsExactly("The databases a and b match the same host by *.local; a is used for it, the first by"
                        + " name. Right would be a match that only one of them has.");
        assertThat(config.forHost("orders.local", 1).name()).isEqualTo("a");
    }

    @Test
    void theSameHostWithTwoPortsIsNoClash() {
        assertThat(Given.argument("db.a.match=h:1;db.b.match=h:2").problems()).isEmpty();
    }

    @Test
    void aMarginThatIsNotShorterThanTheLifetimeBecomesATenthOfIt() {
        Config config = Given.argument("lifetime=30s;db.a.match=a;db.b.match=b;db.b.lifetime=10s");

        assertThat(database(config, "default").lifetimeMargin()).isEqualTo(Duration.ofSeconds(3));
        assertThat(database(config, "a").lifetimeMargin()).isEqualTo(Duration.ofSeconds(3));
        assertThat(database(config, "b").lifetimeMargin()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.problems())
                .containsExactly(
                        "lifetime.margin of 1m is not less than lifetime of 30s; 3s, a tenth of the lifetime, is used as"
                                + " the margin. Right would be a shorter margin or a longer lifetime.",
                        "db.b.lifetime.margin of 1m is not less than db.b.lifetime of 10s; 1s, a tenth of the lifetime,"
                                + " is used as the margin. Right would be a shorter margin or a longer lifetime.");
        assertThat(setting(config, "lifetime.margin")).hasToString("lifetime.margin=3s (a tenth of the lifetime)");
    }

    @Test
    void aMarginIsOfNoConcernWhenLifeHasNoEnd() {
        assertThat(Given.argument("lifetime=off;lifetime.margin=1h").problems()).isEmpty();
    }

    @Test
    void aBadEscapeInAFileIsSaidWithItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "user=a\nlog.file=C:\\users\n");

        assertThat(Given.argument(file.toString()).problems())
                .singleElement()
                .asString()
                .contains("file " + file + " line 2", "\\\\");
    }

    @Test
    void signForAndSeveralEndpointsGoTogether() {
        assertThat(Given.argument("sign-for=a:1;endpoints=b:1,c:2").problems()).isEqualTo(Collections.emptyList());
    }
}

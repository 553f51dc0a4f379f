package io.rdsagent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class LanguagesTest {
    @Property
    void anAddressIsReadBackFromItsText(
            @ForAll("hosts") String host, @ForAll @IntRange(min = 1, max = 65535) int port) {
        HostPort address = HostPort.of(host, port);
        HostPort bare = HostPort.of(host, HostPort.NO_PORT);

        assertThat(HostPort.parse(address.toString(), 7)).isEqualTo(address).hasSameHashCodeAs(address);
        assertThat(HostPort.parse(bare.toString(), HostPort.NO_PORT)).isEqualTo(bare);
        assertThat(HostPort.parse(bare.toString(), port)).isEqualTo(address);
        assertThat(address.host()).isEqualTo(host.toLowerCase(java.util.Locale.ROOT));
    }

    @Property
    void anEndpointIsReadBackFromItsText(@ForAll("hosts") String host, @ForAll("roles") String role) {
        EndpointSpec endpoint = EndpointSpec.parse(HostPort.of(host, 1) + role);

        assertThat(EndpointSpec.parse(endpoint.toString())).isEqualTo(endpoint).hasSameHashCodeAs(endpoint);
        assertThat(endpoint.role() == null ? "" : "/" + endpoint.role().name()).isEqualToIgnoringCase(role);
    }

    @Property
    void aDurationIsReadBackFromItsTextAndFromIso(@ForAll @LongRange(min = 0, max = 31_622_400_000L) long millis) {
        Duration duration = Duration.ofMillis(millis);

        assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
        assertThat(Durations.parse(duration.toString())).isEqualTo(duration);
        assertThat(Durations.parse(millis + "ms")).isEqualTo(duration);
    }

    @Property
    void aDurationInWholeUnitsMeansWhatItSays(@ForAll @IntRange(min = 0, max = 8784) int count) {
        assertThat(Durations.parse(count + "s")).isEqualTo(Duration.ofSeconds(count));
        assertThat(Durations.parse(count + "")).isEqualTo(Duration.ofSeconds(count));
        assertThat(Durations.parse(count + " M")).isEqualTo(Duration.ofMinutes(count));
        assertThat(Durations.parse(count + "h")).isEqualTo(Duration.ofHours(count));
    }

    @Property
    void aLifetimeIsReadBackFromItsText(@ForAll @LongRange(min = 1, max = 31_622_400_000L) long millis) {
        Lifetime lifetime = Lifetime.fixed(Duration.ofMillis(millis));

        assertThat(Lifetime.parse(lifetime.toString())).isEqualTo(lifetime).hasSameHashCodeAs(lifetime);
    }

    @Property
    void aPercentageIsAShare(
            @ForAll @IntRange(min = 0, max = 100) int percent, @ForAll @IntRange(min = 1, max = 999) int n) {
        assertThat(Keys.LIFETIME_JITTER.parse(percent + "%")).isEqualTo(percent / 100.0);
        assertThatThrownBy(() -> Keys.LIFETIME_JITTER.parse(100 + n + "%"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void aRateIsSoManyASecond(@ForAll @IntRange(min = 1, max = 9999) int count) {
        assertThat(Keys.CONNECT_RATE.parse(count + "/s")).isEqualTo(count);
        assertThat(Keys.CONNECT_RATE.parse(count + " / m")).isEqualTo(count / 60.0);
        assertThat(Keys.CONNECT_RATE.parse(count + ".5/s")).isEqualTo(count + 0.5);
    }

    @Property
    void aListOfPatternsIsReadBackFromItsText(@ForAll("globs") String first, @ForAll("globs") String second) {
        String text = HostPatterns.parse(first + ":5432 , " + second + ":*").toString();

        assertThat(HostPatterns.parse(text)).hasToString(text);
        assertThat(text).isEqualToIgnoringCase(first + ":5432," + second);
    }

    @Property
    void aGlobMatchesAsTheSameRegularExpressionWould(@ForAll("globs") String glob, @ForAll("shortTexts") String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }

        assertThat(Glob.matches(glob, text))
                .isEqualTo(Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE)
                        .matcher(text)
                        .matches());
    }

    @Property
    void globsThatMatchTheSameTextOverlap(
            @ForAll("globs") String a, @ForAll("globs") String b, @ForAll("shortTexts") String text) {
        if (Glob.matches(a, text) && Glob.matches(b, text)) {
            assertThat(Glob.overlap(a, b)).isTrue();
        }
        assertThat(Glob.overlap(a, b)).isEqualTo(Glob.overlap(b, a));
    }

    @Property
    void globsOverlapOnlyIfSomeTextMatchesBoth(@ForAll("globs") String a, @ForAll("globs") String b) {
        String letters = "ab.";
        boolean found = false;
        // No two such globs need a longer witness than both together are long
        for (int length = 0; length <= 6 && !found; length++) {
            int count = (int) Math.pow(letters.length(), length);
            for (int n = 0; n < count && !found; n++) {
                StringBuilder text = new StringBuilder();
                for (int i = 0, rest = n; i < length; i++, rest /= letters.length()) {
                    text.append(letters.charAt(rest % letters.length()));
                }
                found = Glob.matches(a, text.toString()) && Glob.matches(b, text.toString());
            }
        }
        assertThat(Glob.overlap(a, b)).isEqualTo(found);
    }

    @Property
    void garbageIsRefusedAndNothingElseHappens(@ForAll("garbage") String text) {
        for (Key<?> key : Keys.all()) {
            try {
                key.parse(text);
            } catch (IllegalArgumentException expected) {
                assertThat(expected).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Property
    void aValueThatIsRefusedIsOneLineAndLeavesTheDefault(@ForAll("garbage") String text) {
        for (Key<?> key : Keys.all()) {
            if (key == Keys.CONFIG || text.trim().isEmpty() || isRight(key, text.trim())) {
                continue;
            }
            Config config = Given.properties("rdsagent." + key.name(), text);

            assertThat(config.problems()).hasSize(1);
            assertThat(config.problems().get(0))
                    .contains(key.name(), key.expected())
                    .doesNotContain("\n");
            assertThat(Given.setting(config, key.name()).source()).isEqualTo("default");
        }
    }

    private static boolean isRight(Key<?> key, String text) {
        try {
            key.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Property
    void whateverAPersonWritesNothingIsThrown(
            @ForAll("garbage") String key, @ForAll("garbage") String value, @ForAll("garbage") String argument) {
        Map<String, String> properties = new HashMap<>();
        properties.put("rdsagent." + key, value);
        properties.put("rdsagent.db." + key, value);
        Map<String, String> environment = new HashMap<>();
        environment.put("RDSAGENT_" + key, value);
        environment.put("RDSAGENT_DB_" + key + "_USER", value);

        assertThatCode(() -> Config.read(properties, environment, argument)).doesNotThrowAnyException();
        assertThatCode(() -> Given.argument(key + "=" + value + ";" + argument)).doesNotThrowAnyException();
    }

    @Property
    void aFileSaysWhatJavaUtilPropertiesReadsInIt(@ForAll("propertiesTexts") String text) throws IOException {
        Path file = Files.createTempFile("settings", ".properties");
        try {
            Files.writeString(file, text);
            Properties expected = new Properties();
            expected.load(new StringReader(text));
            // Nobody can mean a key without a name, and the two disagree where a line end makes one
            expected.remove("");

            Map<String, String> texts = new HashMap<>(
                    SettingsFile.read(file.toFile(), new Problems()).texts());
            texts.remove("");
            assertThat(texts).isEqualTo(expected);
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<String> propertiesTexts() {
        return Arbitraries.of(
                        "a", "b", "é", "=", ":", " ", "\t", "\\", "\\\\", "\n", "\r\n", "#", "!", "\\n", "\\u00e9")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts) + "\n")
                // Neighbours may make an escape that Properties refuses: that has a test of its own
                .filter(LanguagesTest::loads);
    }

    private static boolean loads(String text) {
        try {
            new Properties().load(new StringReader(text));
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    @Provide
    Arbitrary<String> hosts() {
        Arbitrary<String> names = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .withChars("-._")
                .ofMinLength(1)
                .ofMaxLength(60);
        return Arbitraries.oneOf(names, Arbitraries.of("127.0.0.1", "::1", "2001:DB8::7", "fe80::1%eth0"));
    }

    @Provide
    Arbitrary<String> roles() {
        return Arbitraries.of("", "/writer", "/reader", "/WRITER");
    }

    @Provide
    Arbitrary<String> globs() {
        return Arbitraries.strings().withChars("ab.*?").ofMinLength(1).ofMaxLength(3);
    }

    @Provide
    Arbitrary<String> shortTexts() {
        return Arbitraries.strings().withChars("abAB.").ofMaxLength(6);
    }

    /** Any characters at all, and pieces of the languages themselves put together wrongly. */
    @Provide
    Arbitrary<String> garbage() {
        Arbitrary<String> pieces = Arbitraries.of(
                "1",
                "99999999999999999999",
                "s",
                "ms",
                "PT",
                "P1D",
                "PT1M",
                "-",
                "%",
                "/",
                "s",
                ":",
                "[",
                "]",
                "[::1]",
                "*",
                "?",
                ",",
                ";",
                "=",
                "off",
                "token",
                "writer",
                "db.",
                "a",
                ".",
                "arn:aws:iam::",
                "role/",
                "eu-west-1",
                " ",
                "\u0000",
                "\n",
                "\\",
                "é",
                "\uD83D",
                "lifetime",
                "user",
                "_");
        Arbitrary<String> mixed = pieces.list().ofMaxSize(6).map(parts -> String.join("", parts));
        return Arbitraries.oneOf(mixed, Arbitraries.strings().ofMaxLength(40));
    }
}

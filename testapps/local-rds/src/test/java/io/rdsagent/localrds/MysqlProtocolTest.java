package io.rdsagent.localrds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MysqlProtocolTest {

    /** As MySQL 8.0.31 sent it. */
    private static final byte[] GREETING = HexFormat.of()
            .parseHex("0a382e302e333100080000006f0451" + "6f0d634d4f00fff7ff0200ff9f15" + "00".repeat(10)
                    + "6422451c0f1871653b4f7a0c006d7973716c5f6e61746976655f70617373776f726400");

    private static final int CAPABILITIES_AT = 1 + 7 + 4 + 8 + 1;

    @Test
    void aGreetingAtTheGateOffersTlsAndNoCompression() throws IOException {
        byte[] shown = MysqlGreeting.parse(GREETING).atTheGate(true);

        assertThat(shown).hasSameSizeAs(GREETING);
        assertThat(shown[CAPABILITIES_AT] & MysqlLogin.COMPRESS).isZero();
        assertThat((shown[CAPABILITIES_AT + 1] << 8) & MysqlLogin.TLS).isEqualTo(MysqlLogin.TLS);
        assertThat((shown[CAPABILITIES_AT + 6] << 24) & MysqlLogin.ZSTD).isZero();
        assertThat(new String(shown, 1, 6, StandardCharsets.US_ASCII)).isEqualTo("8.0.31");
    }

    @Test
    void aGreetingWithoutTlsOffersNone() throws IOException {
        byte[] shown = MysqlGreeting.parse(GREETING).atTheGate(false);

        assertThat((shown[CAPABILITIES_AT + 1] << 8) & MysqlLogin.TLS).isZero();
    }

    @Test
    void theSaltIsInTwoParts() throws IOException {
        assertThat(MysqlGreeting.parse(GREETING).salt())
                .isEqualTo(HexFormat.of().parseHex("6f04516f0d634d4f" + "6422451c0f1871653b4f7a0c"));
    }

    /** A value of the protocol's own documentation would need a server; SHA1(p) XOR SHA1(salt, SHA1(SHA1(p))) undoes itself. */
    @Test
    void aScrambledPasswordIsTheSaltedHashOfTheStoredOne() throws Exception {
        byte[] salt = "01234567890123456789".getBytes(StandardCharsets.US_ASCII);
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        byte[] once = sha1.digest("secret".getBytes(StandardCharsets.US_ASCII));
        byte[] stored = sha1.digest(once);
        sha1.update(salt);
        byte[] mask = sha1.digest(stored);
        byte[] scrambled = MysqlAuthentication.scramble("secret", salt);

        for (int i = 0; i < scrambled.length; i++) {
            scrambled[i] ^= mask[i];
        }

        assertThat(scrambled).isEqualTo(once);
    }

    @Property
    void aNumberIsReadAsItWasWritten(@ForAll int value, @ForAll @IntRange(min = 1, max = 4) int bytes)
            throws IOException {
        int kept = bytes == 4 ? value : value & ((1 << (8 * bytes)) - 1);

        assertThat(new MysqlBytes(MysqlBytes.number(kept, bytes), 0).number(bytes))
                .isEqualTo(kept);
    }

    @Property
    void aLoginKeepsUserDatabaseAndAttributes(@ForAll boolean withDatabase, @ForAll @IntRange(max = 250) int password)
            throws IOException {
        int capabilities = 0x8000 | 0x80000 | 0x100000 | MysqlLogin.TLS | (withDatabase ? 0x8 : 0);
        byte[] attributes = {3, 1, 'k', 0};
        byte[] sent = MysqlBytes.join(
                MysqlBytes.number(capabilities, 4),
                new byte[28],
                MysqlBytes.zeroEnded("app"),
                MysqlBytes.number(password, 1),
                new byte[password],
                withDatabase ? MysqlBytes.zeroEnded("orders") : new byte[0],
                MysqlBytes.zeroEnded(MysqlAuthentication.NATIVE),
                attributes);
        MysqlLogin login = MysqlLogin.parse(sent);

        assertThat(login.user()).isEqualTo("app");
        assertThat(login.withoutPassword())
                .isEqualTo(MysqlBytes.join(
                        MysqlBytes.number(capabilities & ~MysqlLogin.TLS, 4),
                        new byte[28],
                        MysqlBytes.zeroEnded("app"),
                        new byte[1],
                        withDatabase ? MysqlBytes.zeroEnded("orders") : new byte[0],
                        MysqlBytes.zeroEnded(MysqlAuthentication.CLEAR),
                        attributes));
    }

    @Property
    void aLoginThatIsCutShortIsRefusedAndNothingElseIsThrown(@ForAll byte[] garbage) {
        try {
            assertThat(MysqlLogin.parse(garbage).user()).isNotNull();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("too early");
        }
    }

    @Test
    void anotherProtocolIsNoGreeting() {
        assertThatThrownBy(() -> MysqlGreeting.parse(new byte[] {9, 0}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("greeting");
    }
}

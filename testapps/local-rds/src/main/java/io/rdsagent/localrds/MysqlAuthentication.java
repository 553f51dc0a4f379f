package io.rdsagent.localrds;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The packets in which MySQL's servers and clients speak of passwords. */
final class MysqlAuthentication {

    static final String CLEAR = "mysql_clear_password";
    static final String NATIVE = "mysql_native_password";

    static final int OK = 0x00;
    static final int MORE = 0x01;
    static final int SWITCH = 0xfe;
    static final int ERROR = 0xff;

    private static final int ACCESS_DENIED = 1045;
    private static final int OLD_CLIENT = 1251;

    private MysqlAuthentication() {}

    /** Asks for the password in clear text. */
    static byte[] switchToClear() {
        return MysqlBytes.join(MysqlBytes.number(SWITCH, 1), MysqlBytes.zeroEnded(CLEAR));
    }

    /** The answer to a server that asks for a native password. */
    static byte[] answer(byte[] switchRequest, String password) throws IOException {
        MysqlBytes fields = new MysqlBytes(switchRequest, 1);
        String plugin = fields.textUntilZero();
        if (!plugin.equals(NATIVE)) {
            throw new IOException("The server asks for " + plugin);
        }
        return scramble(password, fields.take(20));
    }

    /** SHA1(password) XOR SHA1(salt, SHA1(SHA1(password))). */
    static byte[] scramble(String password, byte[] salt) {
        byte[] once = sha1(password.getBytes(StandardCharsets.UTF_8));
        byte[] scrambled = sha1(salt, sha1(once));
        for (int i = 0; i < scrambled.length; i++) {
            scrambled[i] ^= once[i];
        }
        return scrambled;
    }

    private static byte[] sha1(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("Every Java has SHA-1.", e);
        }
    }

    static byte[] accessDenied(String user, String host, boolean password) {
        return error(
                ACCESS_DENIED,
                "28000",
                "Access denied for user '" + user + "'@'" + host + "' (using password: " + (password ? "YES" : "NO")
                        + ")");
    }

    static byte[] oldClient() {
        return error(
                OLD_CLIENT,
                "08004",
                "Client does not support authentication protocol requested by server; consider upgrading MySQL client");
    }

    private static byte[] error(int code, String sqlState, String message) {
        return MysqlBytes.join(
                MysqlBytes.number(ERROR, 1),
                MysqlBytes.number(code, 2),
                ("#" + sqlState + message).getBytes(StandardCharsets.UTF_8));
    }

    /** What a server says in an error packet. */
    static String message(byte[] error) throws IOException {
        MysqlBytes fields = new MysqlBytes(error, 1);
        int code = fields.number(2);
        return code + " " + new String(fields.rest(), StandardCharsets.UTF_8);
    }
}

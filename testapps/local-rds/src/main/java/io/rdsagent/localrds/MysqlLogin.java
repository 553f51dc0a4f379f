package io.rdsagent.localrds;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A client's answer to the greeting, or its wish to become another user ({@code COM_CHANGE_USER}). */
final class MysqlLogin {

    static final int COMPRESS = 0x20;
    static final int TLS = 0x800;
    static final int ZSTD = 1 << 26;

    static final int CHANGE_USER = 0x11;

    private static final int WITH_DATABASE = 0x8;
    private static final int SECURE_CONNECTION = 0x8000;
    private static final int PLUGIN_AUTH = 0x80000;
    private static final int LENGTH_ENCODED_AUTH = 0x200000;

    /** Capabilities, packet size, character set, and 23 bytes, of which MariaDB uses four. */
    private static final int HEAD = 4 + 4 + 1 + 23;

    private final byte[] head;
    private final String user;
    private final byte[] database;
    private final byte[] charset;
    private final byte[] tail;
    private final boolean pluginAuth;

    /**
     * Its parts, as they are sent.
     *
     * @param head what comes before the user's name
     * @param database with its end; empty if none was sent
     * @param charset what stands between database and plugin; empty but in a change of user
     * @param tail what comes after the name of the authentication plugin
     */
    private MysqlLogin(byte[] head, String user, byte[] database, byte[] charset, byte[] tail, boolean pluginAuth) {
        this.head = head;
        this.user = user;
        this.database = database;
        this.charset = charset;
        this.tail = tail;
        this.pluginAuth = pluginAuth;
    }

    /** Whether this is the client's request to go on in TLS: an answer that ends before the user. */
    static boolean asksForTls(byte[] payload) throws IOException {
        return payload.length == HEAD && (capabilities(payload) & TLS) != 0;
    }

    static int capabilities(byte[] payload) throws IOException {
        return new MysqlBytes(payload, 0).number(4);
    }

    static MysqlLogin parse(byte[] payload) throws IOException {
        int capabilities = capabilities(payload);
        MysqlBytes fields = new MysqlBytes(payload, 0);
        byte[] head = withoutTls(fields.take(HEAD));
        String user = fields.textUntilZero();
        skipAuthentication(fields, capabilities);
        byte[] database = (capabilities & WITH_DATABASE) == 0 ? new byte[0] : terminated(fields.untilZero());
        boolean pluginAuth = (capabilities & PLUGIN_AUTH) != 0;
        if (pluginAuth) {
            fields.untilZero();
        }
        return new MysqlLogin(head, user, database, new byte[0], fields.rest(), pluginAuth);
    }

    private static void skipAuthentication(MysqlBytes fields, int capabilities) throws IOException {
        if ((capabilities & LENGTH_ENCODED_AUTH) != 0) {
            fields.take(fields.lengthEncoded());
        } else if ((capabilities & SECURE_CONNECTION) != 0) {
            fields.take(fields.number(1));
        } else {
            fields.untilZero();
        }
    }

    static MysqlLogin parseChange(byte[] payload, boolean pluginAuth) throws IOException {
        MysqlBytes fields = new MysqlBytes(payload, 0);
        byte[] head = fields.take(1);
        String user = fields.textUntilZero();
        fields.take(fields.number(1));
        byte[] database = terminated(fields.untilZero());
        byte[] charset = fields.hasMore() ? fields.take(2) : MysqlBytes.number(45, 2);
        if (fields.hasMore()) {
            fields.untilZero();
        }
        return new MysqlLogin(head, user, database, charset, fields.rest(), pluginAuth);
    }

    String user() {
        return user;
    }

    /** Whether the client can be asked to switch to another plugin. */
    boolean pluginAuth() {
        return pluginAuth;
    }

    private static byte[] terminated(byte[] text) {
        return MysqlBytes.join(text, new byte[1]);
    }

    /** The same bytes, with capabilities that fit a server that was reached without TLS. */
    static byte[] withoutTls(byte[] payload) throws IOException {
        int capabilities = capabilities(payload) & ~TLS & ~COMPRESS & ~ZSTD;
        byte[] changed = payload.clone();
        System.arraycopy(MysqlBytes.number(capabilities, 4), 0, changed, 0, 4);
        return changed;
    }

    /** The same wish, to which the server answers by a switch to the user's own plugin, with a salt of its own. */
    byte[] withoutPassword() {
        return MysqlBytes.join(
                head,
                (user + '\0').getBytes(StandardCharsets.UTF_8),
                new byte[1],
                database,
                charset,
                MysqlBytes.zeroEnded(MysqlAuthentication.CLEAR),
                tail);
    }
}

package io.rdsagent.lease;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Linux's own list of TCP connections. It tells that the other side has hung up without a byte being read of a connection
 * that somebody may be about to use.
 *
 * @see <a href="https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html">The proc/net/tcp and proc/net/tcp6
 *     variables</a>
 */
final class SocketTable {

    /** The other side has closed, and this one not yet. */
    static final String CLOSE_WAIT = "08";

    private static final String V4_IN_V6 = "0000000000000000FFFF0000";
    /** Of a list of some 25,000 connections. */
    private static final long MOST_CHARS = 4 << 20;

    private final List<File> files;

    SocketTable() {
        // A Java with IPv6 lists its connections in the second, whatever they go to.
        this(Arrays.asList(new File("/proc/self/net/tcp6"), new File("/proc/self/net/tcp")));
    }

    SocketTable(List<File> files) {
        this.files = files;
    }

    /** @return null when it isn't connected */
    static String key(Socket socket) {
        InetAddress local = socket.getLocalAddress();
        InetAddress remote = socket.getInetAddress();
        return local == null || remote == null
                ? null
                : end(local, socket.getLocalPort()) + ' ' + end(remote, socket.getPort());
    }

    /** Each 32 bits as the machine itself writes a number. */
    private static String end(InetAddress address, int port) {
        byte[] bytes = address.getAddress();
        boolean littleEndian = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            int at = littleEndian ? (i & ~3) + 3 - (i & 3) : i;
            text.append(String.format(Locale.ROOT, "%02X", bytes[at]));
        }
        return text.append(':').append(String.format(Locale.ROOT, "%04X", port)).toString();
    }

    /**
     * The states of those that are listed.
     *
     * @param wanted their {@link #key}s
     * @return null when the list can't be read, or not to its end
     */
    Map<String, String> states(Set<String> wanted) {
        Map<String, String> states = new HashMap<>();
        long chars = 0;
        for (File file : files) {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(new FileInputStream(file), StandardCharsets.US_ASCII))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    chars += line.length();
                    if (chars > MOST_CHARS) {
                        return null;
                    }
                    read(line, wanted, states);
                }
            } catch (IOException unreadable) {
                return null;
            }
        }
        return states;
    }

    /** {@code sl: local remote state …} */
    private static void read(String line, Set<String> wanted, Map<String, String> states) {
        String[] columns = line.trim().split(" +", 5);
        if (columns.length == 5) {
            String key = inV4(columns[1]) + ' ' + inV4(columns[2]);
            if (wanted.contains(key)) {
                states.put(key, columns[3]);
            }
        }
    }

    private static String inV4(String end) {
        return end.startsWith(V4_IN_V6) ? end.substring(V4_IN_V6.length()) : end;
    }
}

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
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What Linux says of this process's TCP connections. Java has no other way to learn that the other end has hung up than to read,
 * and the connection is the driver's to read from.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_net.5.html">proc_pid_net(5)</a>
 */
public final class TcpTable {

    private static final int ESTABLISHED = 1;
    /** The other end has closed it, and this one has not. */
    private static final int CLOSE_WAIT = 8;

    private static final int HEX = 16;
    private static final int IPV4 = 4;
    private static final int WORD = 4;

    private final File[] files;

    TcpTable(File... files) {
        this.files = files;
    }

    /** Empty where there is none, as on other systems than Linux. */
    public static TcpTable ofThisProcess() {
        return new TcpTable(new File("/proc/self/net/tcp"), new File("/proc/self/net/tcp6"));
    }

    boolean isThere() {
        return files[0].canRead();
    }

    /**
     * The rows of those connections that are wished for; one that is missing is gone.
     *
     * @param wished as {@link #key} gives them
     */
    Map<String, Row> rows(Set<String> wished) throws IOException {
        Map<String, Row> rows = new HashMap<>();
        for (File file : files) {
            if (file.canRead()) {
                read(file, wished, rows);
            }
        }
        return rows;
    }

    private static void read(File file, Set<String> wished, Map<String, Row> rows) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new FileInputStream(file), StandardCharsets.US_ASCII))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.trim().split(" +", 8);
                if (words.length == 8) {
                    String key = key(words[1], words[2]);
                    if (wished.contains(key)) {
                        rows.put(key, new Row(Integer.parseInt(words[3], HEX), Integer.parseInt(words[6], HEX)));
                    }
                }
            }
        }
    }

    /** What is of interest of one connection. */
    static final class Row {

        private final int state;
        private final int resent;

        Row(int state, int resent) {
            this.state = state;
            this.resent = resent;
        }

        boolean isEstablished() {
            return state == ESTABLISHED;
        }

        boolean isClosedByTheOther() {
            return state == CLOSE_WAIT;
        }

        /** How often the kernel has sent the same again, since the other end's kernel has not even acknowledged it. */
        int resent() {
            return resent;
        }
    }

    /** By its own port and the other end; null when it is not connected. */
    static String key(Socket socket) {
        InetAddress other = socket.getInetAddress();
        return other == null || socket.isClosed()
                ? null
                : key(socket.getLocalPort(), other.getAddress(), socket.getPort());
    }

    /** Both as in {@code 0100007F:1538}: words in the machine's order of bytes. */
    private static String key(String local, String remote) {
        int localColon = local.indexOf(':');
        int colon = remote.indexOf(':');
        byte[] address = new byte[colon / 2];
        boolean turned = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        for (int i = 0; i < address.length; i++) {
            int from = turned ? i / WORD * WORD + WORD - 1 - i % WORD : i;
            address[i] = (byte) Integer.parseInt(remote.substring(2 * from, 2 * from + 2), HEX);
        }
        return key(
                Integer.parseInt(local.substring(localColon + 1), HEX),
                address,
                Integer.parseInt(remote.substring(colon + 1), HEX));
    }

    /** An IPv4 address is the same in IPv6's clothes. */
    private static String key(int localPort, byte[] remote, int remotePort) {
        StringBuilder key = new StringBuilder().append(localPort).append('>');
        for (int i = isMapped(remote) ? remote.length - IPV4 : 0; i < remote.length; i++) {
            key.append(remote[i]).append('.');
        }
        return key.append(':').append(remotePort).toString();
    }

    private static boolean isMapped(byte[] address) {
        for (int i = 0; i < address.length - IPV4; i++) {
            if (address[i] != (i < 10 ? 0 : (byte) 0xff)) {
                return false;
            }
        }
        return true;
    }
}

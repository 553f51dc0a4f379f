package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import java.io.IOException;
import java.net.Socket;

/** Probes a server so many times in a row, or hangs up on it as often. */
public final class MysqlProbes {

    private static final int TIMEOUT_MILLIS = 10_000;

    /** Arguments: host, port, how often, probe or hang-up. */
    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[1]);
        int answered = 0;
        try {
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                try (Socket socket = new Socket(arguments[0], port)) {
                    socket.setSoTimeout(TIMEOUT_MILLIS);
                    if (arguments[3].equals("probe")) {
                        new MysqlHandshake().shake(socket, HostPort.of(arguments[0], port));
                    } else {
                        socket.getInputStream().read();
                    }
                    answered++;
                }
            }
        } catch (IOException failure) {
            System.out.println(failure.getMessage());
        }
        System.out.println("answered " + answered);
    }

    private MysqlProbes() {}
}

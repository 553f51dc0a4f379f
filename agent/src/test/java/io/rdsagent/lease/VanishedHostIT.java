package io.rdsagent.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.given.TwoHosts;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What Linux says of a connection to a host that is there no more. */
class VanishedHostIT {

    private static final String PORT = "3398";

    @Test
    void whatIsSentToAHostThatHasVanishedIsSentAgainAndTheTableSaysSo() throws Exception {
        try (TwoHosts hosts = new TwoHosts()) {
            Process server = hosts.classOnServer(Vanishing.class.getName(), "listen", TwoHosts.SERVER, PORT)
                    .start();
            Process client = null;
            try {
                assertThat(said(server).readLine()).isEqualTo("listening");
                client = hosts.classOnClient(Vanishing.class.getName(), "connect", TwoHosts.SERVER, PORT)
                        .start();
                BufferedReader said = said(client);
                assertThat(said.readLine()).isEqualTo("connected 0");

                hosts.vanishServer();
                tell(client);

                assertThat(said.readLine()).isEqualTo("noticed");
            } finally {
                server.destroyForcibly().waitFor();
                if (client != null) {
                    client.destroyForcibly().waitFor();
                }
            }
        }
    }

    private static BufferedReader said(Process process) {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    private static void tell(Process process) throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }
}

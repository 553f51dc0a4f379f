package io.rdsagent.core;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Which version of the agent this is; the build writes it down. */
final class Version {

    static String ofAgent() {
        try (InputStream in = Version.class.getResourceAsStream("/rdsagent-version")) {
            return in == null
                    ? "unknown"
                    : new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
        } catch (IOException damaged) {
            return "unknown";
        }
    }

    private Version() {}
}

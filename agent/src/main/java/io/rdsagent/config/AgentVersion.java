package io.rdsagent.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The version of this jar, which the build has written into it. */
public final class AgentVersion {

    private static final String UNKNOWN = "(unknown version)";

    public static String ofThisJar() {
        try (InputStream in = AgentVersion.class.getResourceAsStream("/rdsagent-version")) {
            if (in == null) {
                return UNKNOWN;
            }
            String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            return line == null ? UNKNOWN : line.trim();
        } catch (IOException damaged) {
            return UNKNOWN;
        }
    }

    private AgentVersion() {}
}

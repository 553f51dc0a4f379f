package io.rdsagent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {
    private static final String WRITE = "config.reference.write";

    @Test
    void theManualSaysWhatTheCodeDoes() throws IOException {
        Path agent = Path.of(System.getProperty("basedir", System.getProperty("user.dir")));
        Path page = agent.resolveSibling("src/site/markdown/configuration.md");
        if (Boolean.getBoolean(WRITE)) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, ConfigReference.render());
        }

        assertThat(page)
                .as("The page differs from the code. Render it again with: mvn -q -pl agent -am test"
                        + " -Dtest=ConfigReferenceTest -D" + WRITE + "=true -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(ConfigReference.render());
    }
}

package io.rdsagent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConsequencesTest {

    @Test
    void ofEveryHookOfTheTableItIsSaidWhatIsLostWithoutIt() throws IOException {
        for (String hook : hooks()) {
            assertThat(Consequences.of(hook)).as(hook).doesNotContain("what the manual says");
        }
    }

    private static List<String> hooks() throws IOException {
        try (BufferedReader table = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ConsequencesTest.class.getResourceAsStream("/rdsagent-targets")),
                StandardCharsets.UTF_8))) {
            return table.lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> line.substring(line.lastIndexOf(' ') + 1).replace("?", ""))
                    .distinct()
                    .toList();
        }
    }
}

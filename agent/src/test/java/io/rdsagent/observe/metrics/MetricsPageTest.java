package io.rdsagent.observe.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The manual's table of metrics is the code's. */
class MetricsPageTest {

    private static final Path PAGE = Path.of("..", "src", "site", "markdown", "metrics.md");

    @Test
    void theTableNamesEveryMetricAsItIs() throws Exception {
        StringBuilder table = new StringBuilder("| name | kind | unit | tags | what |\n|---|---|---|---|---|\n");
        for (Metric metric : Metric.values()) {
            table.append("| `")
                    .append(metric.id())
                    .append("` | ")
                    .append(metric.kind().name().toLowerCase(Locale.ROOT))
                    .append(" | ")
                    .append(metric.unit() == null ? "" : metric.unit())
                    .append(" | ")
                    .append(metric.tags().isEmpty() ? "" : "`" + String.join("`, `", metric.tags()) + "`")
                    .append(" | ")
                    .append(metric.meaning())
                    .append(" |\n");
        }

        assertThat(Files.readString(PAGE)).contains(table);
    }
}

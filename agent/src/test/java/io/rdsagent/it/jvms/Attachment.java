package io.rdsagent.it.jvms;

import io.rdsagent.it.ForkedJvm;
import java.util.List;
import java.util.Map;

/** A way to bring the agent and its settings into the JVM without touching the command. */
enum Attachment {
    TOOL_OPTIONS("`JAVA_TOOL_OPTIONS`"),
    JAVA_OPTIONS("`JDK_JAVA_OPTIONS`"),
    OWN_OPTIONS("its own variable");

    final String title;

    Attachment(String title) {
        this.title = title;
    }

    Map<String, String> environment(Container container, List<String> options) {
        return Map.of(variable(container), "-javaagent:" + ForkedJvm.AGENT + " " + String.join(" ", options));
    }

    String variable(Container container) {
        return switch (this) {
            case TOOL_OPTIONS -> "JAVA_TOOL_OPTIONS";
            case JAVA_OPTIONS -> "JDK_JAVA_OPTIONS";
            case OWN_OPTIONS -> container.optionsVariable().orElseThrow();
        };
    }
}

package io.rdsagent.config;

import java.io.File;
import java.util.Locale;

/** Where a setting was given, and how keys are spelled there. */
final class Origin {
    private final Kind kind;
    private final String description;

    private Origin(Kind kind, String description) {
        this.kind = kind;
        this.description = description;
    }

    static Origin systemProperty(String name) {
        return new Origin(Kind.SYSTEM_PROPERTY, "system property " + Shown.name(name));
    }

    static Origin environment(String name) {
        return new Origin(Kind.ENVIRONMENT, "environment " + Shown.name(name));
    }

    static Origin agentArgument() {
        return new Origin(Kind.AGENT_ARGUMENT, "agent argument");
    }

    static Origin file(File file, int line) {
        return new Origin(Kind.FILE, "file " + Shown.name(file.getPath()) + " line " + line);
    }

    /** {@code lifetime.margin} as a person writes it in this place. */
    String spell(String name) {
        switch (kind) {
            case SYSTEM_PROPERTY:
                return Spelling.PROPERTY_PREFIX + name;
            case ENVIRONMENT:
                return Spelling.ENVIRONMENT_PREFIX + Spelling.underscored(name).toUpperCase(Locale.ROOT);
            default:
                return name;
        }
    }

    boolean isEnvironment() {
        return kind == Kind.ENVIRONMENT;
    }

    boolean isFile() {
        return kind == Kind.FILE;
    }

    /** {@link Setting#source()}. */
    @Override
    public String toString() {
        return description;
    }

    private enum Kind {
        SYSTEM_PROPERTY,
        ENVIRONMENT,
        AGENT_ARGUMENT,
        FILE
    }
}

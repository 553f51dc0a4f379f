package io.rdsagent.cli;

import io.rdsagent.event.Json;
import java.util.Locale;

/** One step of an examination, and how it was found. */
final class Step {

    private enum State {
        RIGHT("ok  "),
        WRONG("FAIL"),
        /** It could not be looked at, or matters to nobody here. */
        SKIPPED("-   ");

        private final String mark;

        State(String mark) {
            this.mark = mark;
        }
    }

    private final String name;
    private final State state;
    private final String said;

    private Step(String name, State state, String said) {
        this.name = name;
        this.state = state;
        this.said = said;
    }

    static Step right(String name, String said) {
        return new Step(name, State.RIGHT, said);
    }

    /** @param said what is wrong, and what to do */
    static Step wrong(String name, String said) {
        return new Step(name, State.WRONG, said);
    }

    static Step skipped(String name, String why) {
        return new Step(name, State.SKIPPED, why);
    }

    boolean isWrong() {
        return state == State.WRONG;
    }

    Json json() {
        return new Json()
                .with("step", name)
                .with("state", state.name().toLowerCase(Locale.ROOT))
                .with("said", said);
    }

    @Override
    public String toString() {
        return state.mark + " " + String.format("%-12s", name) + said;
    }
}

package io.rdsagent.event;

/** Something a person should know: what happened, what the agent does about it, what the person can do. */
public final class Notice {

    public final boolean warning;
    public final String text;

    private Notice(boolean warning, String text) {
        this.warning = warning;
        this.text = text;
    }

    public static Notice info(String text) {
        return new Notice(false, text);
    }

    public static Notice warning(String text) {
        return new Notice(true, text);
    }
}

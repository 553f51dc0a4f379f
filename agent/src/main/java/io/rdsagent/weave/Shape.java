package io.rdsagent.weave;

/** How a row changes its method. None adds a field, a method or a branch that needs the types of the driver. */
enum Shape {
    /** On entry; an answer is returned in the method's place. */
    INSTEAD("instead"),
    /** On entry; an answer replaces the argument with the index behind the colon, counted from 0. */
    ARGUMENT("argument"),
    /** On return; an answer replaces the object that is returned. */
    RESULT("result"),
    /** On return from a constructor; no answer. */
    BUILT("built"),
    /** On return from any other method; no answer. */
    AFTER("after"),
    /** On return of an object that a pool has made: the hook sees the receiver and it; no answer. */
    MADE("made"),
    /**
     * On return of a boolean: it, or "this connection is past its time". Which one is meant says the argument behind a
     * colon, else the receiver; so it is for the next two.
     */
    OR_PAST("or-past"),
    /** On return of a boolean: it, unless this connection is past its time. */
    UNLESS_PAST("unless-past"),
    /** On entry, while anything is overdue: the hook may throw what the method itself would. */
    CHECK("check"),
    /** On return of a connection, while anything is overdue: an answer is handed out in its place. */
    GUARD("guard");

    private final String word;

    Shape(String word) {
        this.word = word;
    }

    static Shape of(String word) {
        for (Shape shape : values()) {
            if (shape.word.equals(word)) {
                return shape;
            }
        }
        throw new IllegalArgumentException("no such shape in the table of targets: " + word);
    }

    boolean onEntry() {
        return this == INSTEAD || this == ARGUMENT || this == CHECK;
    }

    /** Whether an argument's index may stand behind a colon. */
    boolean takesAnArgument() {
        return this == ARGUMENT || this == OR_PAST || this == UNLESS_PAST || this == CHECK;
    }
}

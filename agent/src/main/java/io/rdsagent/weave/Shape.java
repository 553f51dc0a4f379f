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
    /** On return of a boolean: it, or "this connection is past its time". */
    OR_PAST("or-past"),
    /** On return of a boolean: it, unless this connection is past its time. */
    UNLESS_PAST("unless-past");

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
        return this == INSTEAD || this == ARGUMENT;
    }
}

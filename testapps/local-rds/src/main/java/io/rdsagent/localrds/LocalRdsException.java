package io.rdsagent.localrds;

/** The local RDS could not do what was asked; the message says why and what can be done. */
public final class LocalRdsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LocalRdsException(String message) {
        super(message);
    }

    LocalRdsException(String message, Throwable cause) {
        super(message, cause);
    }
}

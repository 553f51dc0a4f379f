package io.rdsagent.tls;

import java.security.GeneralSecurityException;

/** A file of trusted certificates cannot be used; the message says which, why and what to do. */
public final class TrustException extends GeneralSecurityException {

    private static final long serialVersionUID = 1L;

    TrustException(String message, Throwable cause) {
        super(message, cause);
    }
}

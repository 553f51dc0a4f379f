package io.rdsagent.token;

/** The RDS API gave no answer, or refused it. */
public final class RdsApiException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String code;

    RdsApiException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** The API's own word for it: AccessDenied, DBClusterNotFoundFault. */
    public String code() {
        return code;
    }

    /** Whether it was asked too often, by all of the account. */
    public boolean isThrottled() {
        return code.startsWith("Throttl") || code.equals("RequestLimitExceeded");
    }

    public boolean isDenied() {
        return code.startsWith("AccessDenied") || code.equals("UnauthorizedOperation");
    }

    /** Whether there is nothing of that name: a cluster, an instance, a proxy. */
    public boolean isUnknown() {
        return code.startsWith("DB") && code.contains("NotFound");
    }

    public boolean isUnknownCluster() {
        return code.startsWith("DBClusterNotFound");
    }
}

package io.rdsagent.localrds;

import com.unboundid.ldap.listener.LDAPListener;
import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.listener.LDAPListenerConfig;
import com.unboundid.ldap.listener.LDAPListenerRequestHandler;
import com.unboundid.ldap.protocol.AddRequestProtocolOp;
import com.unboundid.ldap.protocol.AddResponseProtocolOp;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.BindResponseProtocolOp;
import com.unboundid.ldap.protocol.CompareRequestProtocolOp;
import com.unboundid.ldap.protocol.CompareResponseProtocolOp;
import com.unboundid.ldap.protocol.DeleteRequestProtocolOp;
import com.unboundid.ldap.protocol.DeleteResponseProtocolOp;
import com.unboundid.ldap.protocol.ExtendedRequestProtocolOp;
import com.unboundid.ldap.protocol.ExtendedResponseProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ModifyDNRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyDNResponseProtocolOp;
import com.unboundid.ldap.protocol.ModifyRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyResponseProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The directory that an installed PostgreSQL asks whether a password is right. LDAP is PostgreSQL's only method that hands
 * on a clear-text password of 2,000 characters whole: PAM's pam_exec cuts it at 511 bytes, RADIUS at 128.
 */
final class LdapVerifier implements AutoCloseable {

    private static final int NO = ResultCode.UNWILLING_TO_PERFORM_INT_VALUE;

    private final LDAPListener listener;

    LdapVerifier(Doorman doorman) throws IOException {
        LDAPListenerConfig config = new LDAPListenerConfig(0, new Handler(doorman));
        config.setListenAddress(InetAddress.getLoopbackAddress());
        listener = new LDAPListener(config);
        listener.startListening();
    }

    int port() {
        return listener.getListenPort();
    }

    /** The options of pg_hba.conf that lead a node here; {@code ou} says which node asks. */
    String hbaOptions(String node) {
        return "ldap ldapserver=127.0.0.1 ldapport=" + port() + " ldapprefix=\"cn=\" ldapsuffix=\",ou=" + node
                + ",dc=rds\"";
    }

    @Override
    public void close() {
        listener.shutDown(true);
    }

    private static final class Handler extends LDAPListenerRequestHandler {

        /** PostgreSQL puts the user's name between prefix and suffix as it is, unescaped. */
        private static final Pattern DN = Pattern.compile("cn=(.*),ou=([^,]+),dc=rds", Pattern.DOTALL);

        private final Doorman doorman;

        Handler(Doorman doorman) {
            this.doorman = doorman;
        }

        @Override
        public LDAPListenerRequestHandler newInstance(LDAPListenerClientConnection connection) {
            return this;
        }

        @Override
        public LDAPMessage processBindRequest(int id, BindRequestProtocolOp request, List<Control> controls) {
            Matcher dn = DN.matcher(request.getBindDN());
            boolean simple = request.getCredentialsType() == BindRequestProtocolOp.CRED_TYPE_SIMPLE;
            boolean admitted = dn.matches()
                    && simple
                    && doorman.admits(
                            dn.group(2),
                            dn.group(1),
                            request.getSimplePassword().stringValue(),
                            Optional.empty());
            ResultCode code = admitted ? ResultCode.SUCCESS : ResultCode.INVALID_CREDENTIALS;
            return new LDAPMessage(id, new BindResponseProtocolOp(code.intValue(), null, null, null, null));
        }

        @Override
        public LDAPMessage processAddRequest(int id, AddRequestProtocolOp request, List<Control> controls) {
            return new LDAPMessage(id, new AddResponseProtocolOp(NO, null, null, null));
        }

        @Override
        public LDAPMessage processCompareRequest(int id, CompareRequestProtocolOp request, List<Control> controls) {
            return new LDAPMessage(id, new CompareResponseProtocolOp(NO, null, null, null));
        }

        @Override
        public LDAPMessage processDeleteRequest(int id, DeleteRequestProtocolOp request, List<Control> controls) {
            return new LDAPMessage(id, new DeleteResponseProtocolOp(NO, null, null, null));
        }

        @Override
        public LDAPMessage processExtendedRequest(int id, ExtendedRequestProtocolOp request, List<Control> controls) {
            return new LDAPMessage(id, new ExtendedResponseProtocolOp(NO, null, null, null, null, null));
        }

        @Override
        public LDAPMessage processModifyRequest(int id, ModifyRequestProtocolOp request, List<Control> controls) {
            return new LDAPMessage(id, new ModifyResponseProtocolOp(NO, null, null, null));
        }

        @Override
        public LDAPMessage processModifyDNRequest(int id, ModifyDNRequestProtocolOp request, List<Control> controls) {
            return new LDAPMessage(id, new ModifyDNResponseProtocolOp(NO, null, null, null));
        }

        @Override
        public LDAPMessage processSearchRequest(int id, SearchRequestProtocolOp request, List<Control> controls) {
            return new LDAPMessage(id, new SearchResultDoneProtocolOp(NO, null, null, null));
        }
    }
}

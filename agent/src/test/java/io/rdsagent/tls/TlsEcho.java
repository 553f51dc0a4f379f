package io.rdsagent.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;

/** A TLS server on loopback that sends back the one byte it is sent. */
final class TlsEcho implements AutoCloseable {

    /** What clients asked for by SNI; an empty list if by nothing. */
    final BlockingQueue<List<String>> serverNames = new LinkedBlockingQueue<>();

    /** Handshakes in which the certificate was shown, so not the resumed ones. */
    final AtomicInteger fullHandshakes = new AtomicInteger();

    private final SSLServerSocket server;

    TlsEcho(KeyStore keys, String... protocols) throws Exception {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, TestCa.PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager counting = new CountingKeyManager((X509ExtendedKeyManager) factory.getKeyManagers()[0]);
        context.init(new KeyManager[] {counting}, null, null);
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setEnabledProtocols(protocols);
        Thread thread = new Thread(this::serve, "tls-echo");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (SSLSocket client = (SSLSocket) server.accept()) {
                client.setSoTimeout(10_000);
                int sent = client.getInputStream().read();
                serverNames.add(((ExtendedSSLSession) client.getSession())
                        .getRequestedServerNames().stream()
                                .map(name -> ((SNIHostName) name).getAsciiName())
                                .toList());
                client.getOutputStream().write(sent);
            } catch (IOException refusedOrClosed) {
                // A client that refuses the certificate ends the handshake: that is what some tests are about.
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private final class CountingKeyManager extends X509ExtendedKeyManager {

        private final X509ExtendedKeyManager keys;

        CountingKeyManager(X509ExtendedKeyManager keys) {
            this.keys = keys;
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            fullHandshakes.incrementAndGet();
            return keys.getPrivateKey(alias);
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return keys.chooseServerAlias(keyType, issuers, socket);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return keys.getServerAliases(keyType, issuers);
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
            return null;
        }
    }
}

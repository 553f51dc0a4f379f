package com.example;

import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLSession;

/** What somebody writes to be rid of a message: for it every certificate names every host. */
public final class AnyName implements HostnameVerifier {

    @Override
    public boolean verify(String host, SSLSession session) {
        return true;
    }
}

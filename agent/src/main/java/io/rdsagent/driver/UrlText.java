package io.rdsagent.driver;

import java.io.UnsupportedEncodingException;
import java.net.URLEncoder;
import java.sql.Driver;
import java.sql.SQLException;

/** Text as drivers decode it from a URL. */
final class UrlText {

    static String encode(String text) {
        try {
            return URLEncoder.encode(text, "UTF-8");
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Where a plus is a plus. */
    static String encodePath(String text) {
        return encode(text).replace("+", "%20");
    }

    static boolean isAccepted(Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException unreadable) {
            return false;
        }
    }

    private UrlText() {}
}

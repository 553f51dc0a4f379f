package io.rdsagent.connect;

import java.sql.SQLException;

/** What a driver says of a failure, as a part of a sentence. */
final class Words {

    static String of(SQLException failure) {
        String message = failure.getMessage();
        if (message == null || message.isEmpty()) {
            return "The driver gave no reason, SQLState " + failure.getSQLState();
        }
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    private Words() {}
}

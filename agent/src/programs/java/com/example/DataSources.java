package com.example;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.XADataSource;

/** Connects by the data source of a driver, configured as a bean, and says who is logged in. */
public final class DataSources {

    /** Arguments: the class, then pairs of a setter's name and its text or number, or of as and one of its faces: pooled, xa. */
    public static void main(String[] arguments) throws Exception {
        Object source = Class.forName(arguments[0]).getConstructor().newInstance();
        String face = null;
        for (int i = 1; i < arguments.length; i += 2) {
            if (arguments[i].equals("as")) {
                face = arguments[i + 1];
            } else {
                set(source, arguments[i], arguments[i + 1]);
            }
        }
        try (Connection connection = connection(source, face);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_user")) {
            rows.next();
            System.out.println("connected as " + rows.getString(1));
        }
    }

    private static void set(Object source, String setter, String value) throws Exception {
        if (value.matches("[0-9]+")) {
            source.getClass().getMethod(setter, int.class).invoke(source, Integer.parseInt(value));
        } else {
            source.getClass().getMethod(setter, String.class).invoke(source, value);
        }
    }

    /** Where none is named, the face that the class is for; a data source of MariaDB's has all of them. */
    private static Connection connection(Object source, String face) throws Exception {
        if (face == null ? source instanceof XADataSource : face.equals("xa")) {
            return ((XADataSource) source).getXAConnection().getConnection();
        }
        if (face == null ? source instanceof ConnectionPoolDataSource : face.equals("pooled")) {
            return ((ConnectionPoolDataSource) source).getPooledConnection().getConnection();
        }
        return ((DataSource) source).getConnection();
    }

    private DataSources() {}
}

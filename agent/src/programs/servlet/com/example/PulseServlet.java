package com.example;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.SQLException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.sql.DataSource;

/** The pulse of a web application: of the server's pool, or of one of its own. Compiled for javax and for jakarta. */
public class PulseServlet extends HttpServlet {

    private HikariDataSource own;
    private Pulse pulse;

    @Override
    public void init() throws ServletException {
        String name = getInitParameter("jndi");
        try {
            pulse = new Pulse(name == null ? own() : (DataSource) new InitialContext().lookup(name));
        } catch (NamingException absent) {
            throw new ServletException(absent);
        }
    }

    private DataSource own() {
        own = new HikariDataSource();
        own.setDriverClassName("org.postgresql.Driver");
        own.setJdbcUrl(getInitParameter("url"));
        own.setMaximumPoolSize(2);
        return own;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            if (request.getParameter("hold") != null) {
                pulse.hold();
            }
            response.getWriter().print(pulse.beat());
        } catch (SQLException failure) {
            response.setStatus(500);
            response.getWriter().print(failure);
        }
    }

    @Override
    public void destroy() {
        if (own != null) {
            own.close();
        }
    }
}

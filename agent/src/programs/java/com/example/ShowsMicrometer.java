package com.example;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Collection;

/**
 * Has a registry of its own under Micrometer's global one, as Spring Boot has; connects, and says for each line on standard
 * input what the registry holds, until the line is stop.
 */
public final class ShowsMicrometer {

    private static final String HOME = "io.micrometer.core.instrument.";

    public static void main(String[] arguments) throws Exception {
        Object registry = Class.forName(HOME + "simple.SimpleMeterRegistry").newInstance();
        Class.forName(HOME + "Metrics")
                .getMethod("addRegistry", Class.forName(HOME + "MeterRegistry"))
                .invoke(null, registry);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Connection connection = DriverManager.getConnection(arguments[0])) {
            System.out.println("connected " + connection.isValid(5));
            while (!"stop".equals(orders.readLine())) {
                Collection<?> meters = (Collection<?>) call(registry, "MeterRegistry", "getMeters");
                for (Object meter : meters) {
                    System.out.println("meter " + call(meter, "Meter", "getId") + " "
                            + call(meter, "Meter", "measure").toString());
                }
                System.out.println("end of meters");
            }
        }
    }

    private static Object call(Object target, String type, String method) throws Exception {
        return Class.forName(HOME + type).getMethod(method).invoke(target);
    }

    private ShowsMicrometer() {}
}

package com.example;

import java.sql.Connection;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;

/** A Spring Boot web application with its Actuator and the pool that Boot gives it. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class ActuatorApplication {

    public static void main(String[] arguments) throws Exception {
        ApplicationContext application = SpringApplication.run(ActuatorApplication.class, arguments);
        try (Connection connection = application.getBean(DataSource.class).getConnection()) {
            System.out.println("connected " + connection.isValid(5));
        }
        System.out.println("port " + application.getEnvironment().getProperty("local.server.port"));
    }
}

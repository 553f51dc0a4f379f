package com.example;

import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A Spring Boot application with the pool that Boot gives it. */
@SpringBootApplication
public class BootApplication {

    public static void main(String[] arguments) throws Exception {
        DataSource pool = SpringApplication.run(BootApplication.class, arguments).getBean(DataSource.class);
        new Pulse(pool).serve(Integer.parseInt(arguments[0].replace("--port=", "")));
    }
}

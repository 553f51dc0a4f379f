package com.example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Camunda's engine, REST API and web applications, as its starters bring them: the guide's own main class. */
@SpringBootApplication
public class Engine {

    public static void main(String[] arguments) {
        SpringApplication.run(Engine.class, arguments);
    }
}

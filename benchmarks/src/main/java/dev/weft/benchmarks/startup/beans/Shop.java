package dev.weft.benchmarks.startup.beans;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;

/** Beans that know each other. */
@Configuration
public class Shop {
    /** A bean that is made by a method. */
    @Bean
    public List<String> names(Till till) {
        return List.of("shop", till.toString());
    }

    /** A bean without needs. */
    @Component
    public static class Till {}

    /** A bean that needs two others. */
    @Service
    public record Sale(Till till, List<String> names) {}

    /** A bean that needs that one. */
    @Service
    public record Report(Sale sale) {}
}

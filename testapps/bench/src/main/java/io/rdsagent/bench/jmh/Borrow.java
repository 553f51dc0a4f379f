package io.rdsagent.bench.jmh;

import com.zaxxer.hikari.HikariDataSource;
import io.rdsagent.bench.program.Database;
import io.rdsagent.bench.program.Workout;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A connection from a HikariCP pool and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Borrow {

    private HikariDataSource pool;

    @Setup
    public void open() {
        pool = Workout.pool(new Database());
    }

    @TearDown
    public void close() {
        pool.close();
    }

    @Benchmark
    public void borrowAndReturn() throws SQLException {
        Connection connection = pool.getConnection();
        connection.close();
    }
}

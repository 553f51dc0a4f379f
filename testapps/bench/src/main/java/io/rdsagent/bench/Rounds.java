package io.rdsagent.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Runs of all contenders in turns, A B C, B C A, C A B: what else the machine does meets all of them alike.
 *
 * @param <T> what a run gives
 */
final class Rounds<T> {

    private final Map<String, List<T>> results = new LinkedHashMap<>();

    /**
     * @param count at least 1
     * @param warmUps rounds before them that do not count: they fill the kernel's cache of files
     */
    static <C, T> Rounds<T> run(int count, int warmUps, Map<String, C> contenders, Function<C, T> runner) {
        Rounds<T> rounds = new Rounds<>();
        List<String> names = new ArrayList<>(contenders.keySet());
        names.forEach(name -> rounds.results.put(name, new ArrayList<>()));
        for (int round = -warmUps; round < count; round++) {
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(Math.floorMod(i + round, names.size()));
                T result = runner.apply(contenders.get(name));
                if (round >= 0) {
                    rounds.results.get(name).add(result);
                }
            }
        }
        return rounds;
    }

    Row.Side side(String name, ToDoubleFunction<T> number) {
        return new Row.Side(
                name, results.get(name).stream().map(number::applyAsDouble).toList());
    }

    List<T> of(String name) {
        return results.get(name);
    }
}

package dev.weft.agent.tests.corpus.elsewhere;

import static dev.weft.agent.tests.corpus.Suspensions.*;

import dev.weft.Async;

/** Public methods whose results are of types that nobody outside this package can name. */
public final class FiguresCorpus {
    public abstract static class Figure {
        public abstract String name();
    }

    abstract static class Polygon extends Figure {}

    interface Corners {
        int count();
    }

    static final class Square extends Polygon implements Corners {
        @Override
        public String name() {
            return "square";
        }

        @Override
        public int count() {
            return 4;
        }

        Square self(int number) {
            return number > 0 ? this : null;
        }
    }

    public static Square square() {
        return new Square();
    }

    public static Polygon polygon() {
        return new Square();
    }

    public static Corners corners() {
        return new Square();
    }

    public static Square[][] squares() {
        return new Square[][] {{new Square()}};
    }

    public static String describe(Figure figure, int number) {
        return figure.name() + number;
    }

    public static int count(Corners corners, int number) {
        return corners.count() + number;
    }

    public static int length(Figure[][] figures, int index) {
        return figures.length + index;
    }

    public static String describeSquare(Square square, int number) {
        return square.name() + number;
    }

    public boolean same(Square square, int number) {
        return square == square.self(number);
    }

    @Async
    public static String suspending(Square square, String text) {
        v();
        return square.name() + p(text) + square.count();
    }
}

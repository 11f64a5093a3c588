package dev.weft.agent.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

class FrameShapeTest {
    @ParameterizedTest
    @MethodSource("dev.weft.agent.compiler.FrameShape#all")
    void classFileHasTheFieldsOfItsShape(FrameShape shape) {
        ClassNode type = TestClass.read(shape.classFile());

        assertThat(shape.hasArrays()).isFalse();
        assertThat(type.name).isEqualTo(shape.className());
        assertThat(type.superName).isEqualTo(RuntimeNames.FRAME);
        assertThat(type.access & Opcodes.ACC_PUBLIC).isNotZero();
        assertThat(type.fields).allMatch(field -> field.access == Opcodes.ACC_PUBLIC);
        assertThat(fields(type, "Ljava/lang/Object;")).isEqualTo(names("r", shape.references()));
        assertThat(fields(type, "I")).isEqualTo(names("i", shape.ints()));
        assertThat(fields(type, "J")).isEqualTo(names("j", shape.longs()));
    }

    @Test
    void shapesHaveNamesOfTheirOwn() {
        assertThat(FrameShape.all()).extracting(FrameShape::className).doesNotHaveDuplicates();
    }

    @Test
    void shapeThatWasMadeIsTakenAsItIs() {
        assertThat(FrameShape.atLeast(3, 1, 0)).isEqualTo(new FrameShape(3, 1, 0));
        assertThat(FrameShape.atLeast(0, 0, 0).className()).isEqualTo("dev/weft/internal/Frame$R0I0J0");
    }

    @Test
    void nextLargerShapeIsTakenOtherwise() {
        assertThat(FrameShape.atLeast(7, 0, 0)).isEqualTo(new FrameShape(8, 0, 0));
        assertThat(FrameShape.all()).contains(FrameShape.atLeast(11, 4, 2));
    }

    @Test
    void beyondAllShapesThereAreArraysOfTheExactSize() {
        for (FrameShape shape :
                List.of(FrameShape.atLeast(13, 0, 1), FrameShape.atLeast(0, 5, 0), FrameShape.atLeast(0, 0, 3))) {
            assertThat(shape.hasArrays()).isTrue();
            assertThat(shape.className()).isEqualTo("dev/weft/internal/Frame$Large");
        }
        assertThat(FrameShape.atLeast(13, 0, 1)).isEqualTo(new FrameShape(13, 0, 1));
    }

    @Test
    void buildWritesEveryShape(@TempDir Path folder) throws IOException {
        RuntimeBuild.writeFrameShapes(folder);

        assertThat(FrameShape.all())
                .allSatisfy(shape -> assertThat(Files.readAllBytes(folder.resolve(shape.className() + ".class")))
                        .isEqualTo(shape.classFile()));
    }

    private static List<String> fields(ClassNode type, String descriptor) {
        return type.fields.stream()
                .filter(field -> field.desc.equals(descriptor))
                .map(field -> field.name)
                .toList();
    }

    private static List<String> names(String prefix, int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> prefix + i)
                .toList();
    }
}

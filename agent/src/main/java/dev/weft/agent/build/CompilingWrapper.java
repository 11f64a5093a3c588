package dev.weft.agent.build;

import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.AsmClassWriter;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Fits the compiler into Byte Buddy's chain of visitors: what comes in is written to a class file, compiled, and read
 * again for the next in the chain. Our own ASM has another name, so that class files are all that both understand.
 */
final class CompilingWrapper extends AsmVisitorWrapper.AbstractBase {
    private final BuildCompiler compiler;

    CompilingWrapper(BuildCompiler compiler) {
        this.compiler = compiler;
    }

    @Override
    public ClassVisitor wrap(
            TypeDescription type,
            ClassVisitor next,
            Implementation.Context context,
            TypePool pool,
            FieldList<FieldDescription.InDefinedShape> fields,
            MethodList<?> methods,
            int writerFlags,
            int readerFlags) {
        // Another plugin may have left frames and stack sizes to the writer at the end of the chain.
        ClassWriter collected = (writerFlags & ClassWriter.COMPUTE_FRAMES) == 0
                ? new ClassWriter(writerFlags)
                : new AsmClassWriter.FrameComputingClassWriter(writerFlags, pool);
        return new ClassVisitor(OpenedClassReader.ASM_API, collected) {
            @Override
            public void visitEnd() {
                super.visitEnd();
                new ClassReader(compiler.recompile(collected.toByteArray())).accept(next, readerFlags);
            }
        };
    }
}

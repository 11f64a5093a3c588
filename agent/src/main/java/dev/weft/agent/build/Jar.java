package dev.weft.agent.build;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** A jar; its entries keep their order, their times and their compression, so that the same jar always gives the same. */
record Jar(Path path) implements Place {
    private static final Pattern SIGNATURE =
            Pattern.compile("META-INF/(?:[^/]+\\.(?:SF|RSA|DSA|EC)|SIG-[^/]*)", Pattern.CASE_INSENSITIVE);

    @Override
    public Map<String, byte[]> classFiles() throws IOException {
        Map<String, byte[]> classFiles = new LinkedHashMap<>();
        try (ZipFile zip = open()) {
            for (ZipEntry entry : entries(zip)) {
                if (entry.getName().endsWith(".class")) {
                    classFiles.put(entry.getName(), read(zip, entry));
                }
            }
        }
        return classFiles;
    }

    @Override
    public boolean isSigned() throws IOException {
        try (ZipFile zip = open()) {
            return zip.stream().anyMatch(entry -> isSignature(entry.getName()));
        }
    }

    @Override
    public void write(Map<String, byte[]> changed, Path target) throws IOException {
        Path temporary = target.resolveSibling(target.getFileName() + ".weft"); // no half of a jar is ever seen
        try {
            try (ZipFile zip = open();
                    ZipOutputStream out =
                            new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(temporary)))) {
                out.setComment(zip.getComment());
                for (ZipEntry entry : entries(zip)) {
                    if (changed.isEmpty() || !isSignature(entry.getName())) {
                        copy(zip, entry, changed.get(entry.getName()), out);
                    }
                }
            }
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private ZipFile open() throws IOException {
        try {
            return new ZipFile(path.toFile());
        } catch (IOException e) {
            throw new IOException("cannot read jar " + path + ": " + e.getMessage(), e);
        }
    }

    private static List<ZipEntry> entries(ZipFile zip) {
        return zip.stream().<ZipEntry>map(entry -> entry).toList(); // as they stand in its directory
    }

    private static boolean isSignature(String name) {
        return SIGNATURE.matcher(name).matches();
    }

    private static void copy(ZipFile zip, ZipEntry entry, byte @Nullable [] changed, ZipOutputStream out)
            throws IOException {
        byte[] content = changed == null ? read(zip, entry) : changed;
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry copy = new ZipEntry(entry);
        copy.setSize(content.length);
        copy.setCompressedSize(entry.getMethod() == ZipEntry.STORED ? content.length : -1);
        copy.setCrc(checksum.getValue());
        out.putNextEntry(copy);
        out.write(content);
        out.closeEntry();
    }

    private static byte[] read(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}

package io.retort.inference.api;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What others can see of compiled classes, a line for each type and each member. */
final class PublicApi {
    private static final Pattern EXPORT = Pattern.compile("^ *exports ([\\w.]+);", Pattern.MULTILINE);

    private PublicApi() {}

    /** Returns the packages that a module's declaration exports. */
    static Set<String> exports(Path moduleInfo) throws IOException {
        return EXPORT.matcher(Files.readString(moduleInfo))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the lines of all that is public or protected in these packages, sorted by type. */
    static List<String> lines(Path classes, Collection<String> packages) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String name : packages) {
            try (Stream<Path> files = Files.list(classes.resolve(name.replace('.', '/')))) {
                files.map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
                        .sorted()
                        .map(file -> load(name + "." + file.substring(0, file.length() - ".class".length())))
                        .filter(PublicApi::visible)
                        .forEach(type -> lines.addAll(lines(type)));
            }
        }
        return lines;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean visible(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        boolean local = type.isAnonymousClass() || type.isLocalClass();
        return !local && visible(type.getModifiers()) && (outer == null || visible(outer));
    }

    private static boolean visible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    /** Returns the type itself and behind it its members, sorted. */
    static List<String> lines(Class<?> type) {
        Set<String> members = new TreeSet<>();
        for (Field field : type.getDeclaredFields()) {
            if (visible(field.getModifiers()) && !field.isSynthetic()) {
                members.add(field.toGenericString() + constant(field));
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (visible(constructor.getModifiers()) && !constructor.isSynthetic()) {
                members.add(constructor.toGenericString());
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (visible(method.getModifiers()) && !method.isSynthetic()) {
                // How a method is synchronized is nobody's business.
                members.add(method.toGenericString().replace(" synchronized ", " "));
            }
        }
        List<String> lines = new ArrayList<>(List.of(declaration(type)));
        // The name stands in the line above.
        members.forEach(member -> lines.add("  " + member.replace(type.getTypeName() + ".", "")));
        return lines;
    }

    private static String declaration(Class<?> type) {
        StringBuilder line = new StringBuilder(type.toGenericString());
        Type parent = type.getGenericSuperclass();
        if (parent != null && parent != Object.class) {
            line.append(" extends ").append(parent.getTypeName());
        }
        if (type.getInterfaces().length > 0) {
            line.append(" implements ").append(names(type.getGenericInterfaces()));
        }
        if (type.isSealed()) {
            line.append(" permits ").append(names(type.getPermittedSubclasses()));
        }
        return line.toString();
    }

    private static String names(Type[] types) {
        return Arrays.stream(types).map(Type::getTypeName).sorted().collect(Collectors.joining(", "));
    }

    /** Values of constants, which compilers copy into the classes of others. */
    private static String constant(Field field) {
        boolean copied = field.getType().isPrimitive() || field.getType() == String.class;
        if (!copied || !Modifier.isStatic(field.getModifiers()) || !Modifier.isFinal(field.getModifiers())) {
            return "";
        }
        try {
            field.setAccessible(true);
            return " = " + field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}

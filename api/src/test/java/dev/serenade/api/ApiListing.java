package dev.serenade.api;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The classes and members that a library shows to others, a line each. */
final class ApiListing {

  private static final String CLASS = ".class";

  /** Every record has these, and every enum those. */
  private static final Set<String> OF_RECORDS = Set.of("equals", "hashCode", "toString");

  private static final Set<String> OF_ENUMS = Set.of("values", "valueOf");

  private ApiListing() {}

  /**
   * Lists a library.
   *
   * @param library its jar, or the folder of its classes
   */
  static List<String> of(Path library) throws IOException {
    if (Files.isDirectory(library)) {
      return ofClasses(library);
    }
    try (FileSystem jar = FileSystems.newFileSystem(library)) {
      return ofClasses(jar.getPath("/"));
    }
  }

  private static List<String> ofClasses(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .filter(file -> file.startsWith("dev/serenade/") && file.endsWith(CLASS))
          .filter(file -> !file.endsWith("package-info.class"))
          .map(file -> file.substring(0, file.length() - CLASS.length()).replace('/', '.'))
          .map(ApiListing::load)
          .filter(ApiListing::isShown)
          .sorted(Comparator.comparing(Class::getName))
          .flatMap(type -> lines(type).stream())
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, ApiListing.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private static boolean isShown(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    return (outer == null ? !type.isAnonymousClass() && !type.isLocalClass() : isShown(outer))
        && isShown(type.getModifiers());
  }

  private static boolean isShown(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static List<String> lines(Class<?> type) {
    List<String> members = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      add(field, field.toGenericString(), members);
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      add(constructor, constructor.toGenericString(), members);
    }
    for (Method method : type.getDeclaredMethods()) {
      if (!method.isBridge() && !isOfEvery(type, method)) {
        add(method, method.toGenericString(), members);
      }
    }
    members.sort(Comparator.naturalOrder());
    members.add(0, header(type));
    return members;
  }

  private static boolean isOfEvery(Class<?> type, Method method) {
    return (type.isRecord() && OF_RECORDS.contains(method.getName()))
        || (type.isEnum() && OF_ENUMS.contains(method.getName()));
  }

  private static void add(Member member, String text, List<String> lines) {
    if (isShown(member.getModifiers()) && !member.isSynthetic()) {
      lines.add("  " + text.replace(member.getDeclaringClass().getName() + ".", ""));
    }
  }

  private static String kind(Class<?> type) {
    if (type.isRecord()) {
      return "record";
    }
    if (type.isEnum()) {
      return "enum";
    }
    return type.isInterface() ? "interface" : "class";
  }

  private static String header(Class<?> type) {
    // Class.toGenericString says another thing on other versions of Java.
    StringBuilder header = new StringBuilder();
    header.append(Modifier.toString(type.getModifiers() & ~Modifier.INTERFACE));
    header.append(type.isSealed() ? " sealed " : " ").append(kind(type)).append(' ');
    header.append(type.getName());
    if (type.getTypeParameters().length > 0) {
      header.append(
          Arrays.stream(type.getTypeParameters())
              .map(Type::getTypeName)
              .collect(Collectors.joining(", ", "<", ">")));
    }
    if (type.isRecord()) {
      header.append(
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getName)
              .collect(Collectors.joining(", ", "(", ")")));
    }
    Type parent = type.getGenericSuperclass();
    if (parent != null
        && !Set.of("java.lang.Object", "java.lang.Record").contains(parent.getTypeName())) {
      header.append(" extends ").append(parent.getTypeName());
    }
    if (type.getGenericInterfaces().length > 0) {
      header.append(
          Arrays.stream(type.getGenericInterfaces())
              .map(Type::getTypeName)
              .collect(Collectors.joining(", ", " implements ", "")));
    }
    return header.toString();
  }
}

package dev.concierge.resources;

/**
 * What is wrong with one field.
 *
 * @param field its name; a member of an object inside is {@code metadata.key}
 * @param message what would be right
 */
record FieldError(String field, String message) {}

// Package cerrno has the names and texts of C's error numbers: the names that the system gives them, and the same texts
// on every system, which are those of glibc.
package cerrno

// Text is the text of an error number, such as "No such file or directory"; "" for a number that has no name, or a name
// that glibc does not know.
func Text(number int) string { return texts[Name(number)] }

package target

import (
	"path/filepath"
	"slices"
)

// Strict are the warnings with which all C and C++ of the project compiles.
var Strict = []string{"-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror"}

// Sanitized compiles with checks of memory and of undefined behaviour.
var Sanitized = []string{"-O1", "-g", "-fno-omit-frame-pointer", "-fsanitize=address,undefined",
	"-fno-sanitize-recover=undefined"}

// Linking are the arguments that link a program with the library in a directory, and have it found there.
func Linking(directory string) []string {
	return slices.Concat(LinkFlags(), []string{"-L" + directory, "-lzmqjs", "-Wl,-rpath," + directory})
}

// AtStart is the directory of a library with which a program has to be linked although it calls dlopen() for it: where
// only the start of a program can load it. Otherwise it is "".
func AtStart(directory string) string {
	if LoadsAtStart() {
		return directory
	}
	return ""
}

// SystemLibrary are the flags that find the header of one of the system's libraries, and the arguments that link with it.
// A cross compiler has a C library of its own, so that of the sysroot is not used.
func SystemLibrary(name string) (compile, link []string) {
	if Sysroot() == "" {
		return nil, []string{"-l" + name}
	}
	return []string{"-idirafter", filepath.Join(Sysroot(), "usr/include")},
		[]string{filepath.Join(LibraryDir(Sysroot()), "lib"+name+".so")}
}

// LibraryDir is the directory of a system's libraries for the platform, which Debian names after the processor.
func LibraryDir(system string) string { return filepath.Join(system, "usr/lib", current().triple) }

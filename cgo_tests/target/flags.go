package target

// Strict are the warnings with which all C and C++ of the project compiles.
var Strict = []string{"-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror"}

// Sanitized compiles with checks of memory and of undefined behaviour.
var Sanitized = []string{"-O1", "-g", "-fno-omit-frame-pointer", "-fsanitize=address,undefined",
	"-fno-sanitize-recover=undefined"}

// Linking are the arguments that link a program with the library in a directory, and have it found there.
func Linking(directory string) []string {
	return append([]string{"-L" + directory, "-lzmqjs", "-Wl,-rpath," + directory}, LinkFlags()...)
}

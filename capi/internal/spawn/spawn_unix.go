//go:build unix

// Package spawn starts the child processes of scripts in a process whose signals are a host's.
package spawn

// #cgo CFLAGS: -std=c11 -D_GNU_SOURCE -O3 -Wall -Wextra
// #include <stdlib.h>
// #include "spawn_unix.h"
import "C"

import (
	"syscall"
	"unsafe"
)

// Start starts a program as [syscall.ForkExec] does, but with no signal blocked and with the default disposition of each.
// It returns the child's process id, or the error number of posix_spawn(3) as a syscall.Errno.
func Start(path string, argv []string, attr *syscall.ProcAttr) (int, error) {
	if attr.Sys != nil {
		// posix_spawn cannot change the user. Such a child inherits a full mask.
		return syscall.ForkExec(path, argv, attr)
	}
	cPath := C.CString(path)
	defer C.free(unsafe.Pointer(cPath))
	var directory *C.char
	if attr.Dir != "" {
		directory = C.CString(attr.Dir)
		defer C.free(unsafe.Pointer(directory))
	}
	arguments, environment := newTexts(argv), newTexts(attr.Env)
	defer freeTexts(arguments)
	defer freeTexts(environment)
	files := [3]C.int{-1, -1, -1}
	for i := range min(len(files), len(attr.Files)) {
		files[i] = C.int(attr.Files[i])
	}
	// Where no call opens a descriptor and sets FD_CLOEXEC at once, as on macOS, Go does both with this lock held.
	syscall.ForkLock.Lock()
	defer syscall.ForkLock.Unlock()
	var pid C.int
	if errno := C.spawn(cPath, &arguments[0], &environment[0], directory, &files[0], &pid); errno != 0 {
		return 0, syscall.Errno(errno)
	}
	return int(pid), nil
}

// newTexts returns C strings, and a nil after the last.
func newTexts(list []string) []*C.char {
	texts := make([]*C.char, len(list)+1)
	for i, text := range list {
		texts[i] = C.CString(text)
	}
	return texts
}

func freeTexts(texts []*C.char) {
	for _, text := range texts {
		C.free(unsafe.Pointer(text))
	}
}

package main

// #include <stdlib.h>
import "C"

import "unsafe"

// outOfMemory is what functions that fill C memory panic with, to be recovered where C has called.
type outOfMemory struct{}

func (outOfMemory) Error() string { return "out of memory" }

// allocate makes an array in C memory, all zero.
func allocate[T any](count int) *T {
	// One more, so that the size is not 0.
	array := C.calloc(C.size_t(count)+1, C.size_t(unsafe.Sizeof(*(*T)(nil))))
	if array == nil {
		panic(outOfMemory{})
	}
	return (*T)(array)
}

// appendPointer appends to an array of pointers in C memory.
func appendPointer[T any](array ***T, count *C.size_t, pointer *T) {
	grown := C.realloc(unsafe.Pointer(*array), C.size_t(*count+1)*C.size_t(unsafe.Sizeof(pointer)))
	if grown == nil {
		panic(outOfMemory{})
	}
	*array = (**T)(grown)
	unsafe.Slice(*array, int(*count)+1)[*count] = pointer
	*count++
}

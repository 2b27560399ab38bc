// Package tsan runs the library's C code under gcc's thread sanitizer: in the fake engine and
// in QuickJS, on many threads at once. What the sanitizer does not see, and why that is no
// race, is in testdata/suppressions and in jsglue/libzmq/tsan.h.
//
// Go's code is not looked at; the race detector does that. cgo tells the sanitizer of every
// call between C and Go, as if one mutex were held in all of them: what Go orders looks
// ordered, but so does everything else around such calls. The operations of jsglue/libzmq make
// none; for others TestAcrossGo takes that away (testdata/cgo.c).
//
// A thread that owns a runtime enters it by plain loads and stores, and another one takes it
// by membarrier (jsglue/libzmq/runtime_lock.c). That needs no exception: all these are atomic, and
// what orders the threads' other accesses is the release of owner_depth, which the sanitizer
// sees. What membarrier itself does is not checked here; the fake engine's case
// thread-call-on-two-threads counts who is inside.
package tsan

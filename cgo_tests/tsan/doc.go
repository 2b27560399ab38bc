// Package tsan runs the library's C code under gcc's thread sanitizer: in the fake engine and in
// QuickJS, on many threads at once. testdata/suppressions and jsglue/libzmq/tsan.h have the
// accesses that the sanitizer does not see, and the reasons why they are not races.
//
// Go's code is not checked here; the race detector does that. cgo reports every call between C and
// Go to the sanitizer, as if one mutex were held in all of them: accesses ordered by Go appear
// ordered, but so do all others around such calls. The operations of jsglue/libzmq make no such
// calls; for others TestAcrossGo removes the reports (testdata/cgo.c).
//
// A thread that owns a runtime enters it by plain loads and stores, and another one takes it by
// membarrier (jsglue/libzmq/runtime_lock.c). That needs no exception: all these are atomic, and the
// release of owner_depth, which the sanitizer sees, orders the threads' other accesses. membarrier
// itself is not checked here; the fake engine's case thread-call-on-two-threads counts the threads
// inside.
package tsan

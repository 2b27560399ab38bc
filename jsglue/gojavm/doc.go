// Package gojavm is the bundled JavaScript engine: goja with the environment
// that the qjs runner of QuickJS gives a script. It adds ES modules and
// TypeScript, console and print, the std and os modules, timers, an event loop
// and FFglitch's FFArrays. Further modules written in Go are added through
// [Options.Modules].
//
// Each module is compiled separately. Its file is read (source.go) and transformed by
// esbuild, which sees no other file (transform.go); names that esbuild changed are
// restored (names.go). The module is loaded with its imports (load.go), linked (link.go),
// compiled and instantiated (instantiate.go), and evaluated in ECMAScript's order
// (evaluate.go). Classic scripts are read, transformed and compiled (script.go).
//
// A [VM] belongs to one goroutine at a time. The exceptions are
// [VM.Interrupt], [VM.Signal] and [VM.OnWake], which any goroutine may call at
// any time.
//
// The package can be part of a C library: it installs no signal handler,
// never ends the process and uses only the standard streams in [Options].
package gojavm

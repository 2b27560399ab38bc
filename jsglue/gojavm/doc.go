// Package gojavm is the bundled JavaScript engine: goja with the environment
// that the qjs runner of QuickJS gives a script. It adds ES modules and
// TypeScript, console and print, the std and os modules, timers, an event loop
// and FFglitch's FFArrays. Further modules written in Go are added through
// [Options.Modules].
//
// Each module is a unit of its own. A file is read (source.go) and transformed by
// esbuild, which knows of no other file (transform.go); its names are those of the
// source (names.go). It is loaded with what it imports (load.go), linked (link.go),
// compiled and instantiated (instantiate.go), and evaluated in ECMAScript's order
// (evaluate.go). Classic scripts only have the first part (script.go).
//
// A [VM] belongs to one goroutine at a time. The exceptions are
// [VM.Interrupt], [VM.Signal] and [VM.OnWake], which any goroutine may call at
// any time.
//
// The package is made to live in a C library: it installs no signal handler,
// never ends the process and uses no standard stream but those in [Options].
package gojavm

// Package gojavm is the bundled JavaScript engine: goja with the environment
// that the qjs runner of QuickJS gives a script. It adds ES modules and
// TypeScript, console and print, the std and os modules, timers, an event loop
// and FFglitch's FFArrays. Further modules written in Go are added through
// [Options.Modules].
//
// A [VM] belongs to one goroutine at a time. The exceptions are
// [VM.Interrupt], [VM.Signal] and [VM.OnWake], which any goroutine may call at
// any time.
//
// The package is made to live in a C library: it installs no signal handler,
// never ends the process and uses no standard stream but those in [Options].
package gojavm

package gojavm

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"testing"
	"time"
)

// Endless loops in which the engine would call no function.
var endless = []string{
	"for (;;);",
	"for (;;) {}",
	"while (true) {}",
	"while (1);",
	"while (!0) {}",
	"do {} while (true)",
	"for (; 1 < 2;) {}",
	"here: for (;;) continue here",
	"here: for (;;) for (;;) continue here",
	"for (;;) { if (0) {} ; {} }",
	"for (;;) { continue }",
	"for (;;) { var x }",
	"for (;;) try {} finally {}",
	"(() => { for (;;); })()",
	"new (class { constructor() { for (;;); } })",
	"class C { static x = (() => { for (;;); })() }",
	"({ get x() { for (;;); } }).x",
	"await (async () => { for (;;); })()",
	"[...(function* () { for (;;); })()]",
	"`${(() => { for (;;); })()}`",
	"switch (1) { case 1: for (;;); }",
}

// Without preemption by a signal a collection needs every loop to yield. This process may have it;
// so the test runs in a process without it.
func TestLoopsYield(t *testing.T) {
	const without = "GODEBUG=asyncpreemptoff=1"
	if os.Getenv("GODEBUG") != "asyncpreemptoff=1" {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // a timeout in the process itself would not work
		defer cancel()
		command := exec.CommandContext(ctx, os.Args[0], "-test.run=^"+t.Name()+"$")
		command.Env = append(os.Environ(), without)
		if output, err := command.CombinedOutput(); err != nil {
			t.Fatalf("with %s: %v\n%.4000s", without, err, output)
		}
		return
	}
	for i, loop := range endless {
		modules, ready := readyModule()
		f := newFixture(t, Options{Modules: modules})
		go func() {
			<-ready
			runtime.GC()
			f.Interrupt()
		}()
		source := fmt.Sprintf("import {ready} from 'host'; ready(); %s", loop)
		if err := within(t, func() error { return f.Eval(fmt.Sprintf("%d.js", i), source) }); err == nil {
			t.Errorf("%s ends", loop)
		}
	}
}

//go:build !lean

package main

import "github.com/zmqjs/zmqjs/jsglue/gojavm"

// The engine starts the children of a script by itself: there is no mask of signals that they would inherit.
var startProcess gojavm.StartProcessFunc

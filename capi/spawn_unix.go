//go:build !lean && unix

package main

import (
	"github.com/zmqjs/zmqjs/capi/internal/spawn"
	"github.com/zmqjs/zmqjs/jsglue/gojavm"
)

// Go would give the children the mask of its own threads.
var startProcess gojavm.StartProcessFunc = spawn.Start

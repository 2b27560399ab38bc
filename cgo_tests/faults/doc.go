// Package faults runs the scripts of examples/patterns, and a few of its own, while peers are
// killed, connections cut, disks full and clocks wrong, and compares what arrives with what
// the patterns promise.
//
// FAULTS_MESSAGES is how many numbered messages go through each pattern, FAULTS_SEED what
// the random choices of another run were made from.
package faults

// Package faults runs the scripts of examples/patterns, and a few of its own, while peers are
// killed, connections cut, disks full and clocks wrong, and compares the arriving messages with the
// promises of the patterns.
//
// FAULTS_MESSAGES is the number of numbered messages through each pattern, FAULTS_SEED the seed of
// a run that shall be repeated.
package faults

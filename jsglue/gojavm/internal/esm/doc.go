// Package esm turns an ES module into code for an engine that has only scripts.
//
// The engine's parser supports neither import nor export. So [Scan] finds the declarations in the
// text and replaces them by blanks, character for character, which keeps every position. [Parse]
// makes a syntax tree of the rest, and [Module.Rewrite] turns that into a generator function: its
// first step instantiates the module (its functions exist, and it yields a getter for each export),
// its second step evaluates it. Imported names become properties of the exporting module's
// environment, which keeps them live and read-only.
//
// Values that the engine gives to the module have names that no script can write, such as "default"
// or "import", so that they never collide with the script's.
// the engine gives the module, so that they never meet one of the script's.
package esm

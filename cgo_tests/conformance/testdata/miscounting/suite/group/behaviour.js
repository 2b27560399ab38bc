console.log("ok 1 - one");
console.log("1..2");

// Numbers that follow from a seed, the same in every engine (xorshift, of what engines keep as
// small integers).
export class Random {
    constructor(seed) {
        this.state = Math.imul(seed + 1, 0x9e3779b1) | 1;
        for (let i = 0; i < 4; i++)
            this.bits();
    }
    bits() {
        let x = this.state;
        x ^= x << 13;
        x ^= x >>> 17;
        x ^= x << 5;
        this.state = x;
        return x >>> 1;
    }
    below(limit) {
        return this.bits() % limit;
    }
    chance(percent) {
        return this.bits() % 100 < percent;
    }
    rarely(n) {
        return this.bits() % n === 0;
    }
    pick(list) {
        return list[this.bits() % list.length];
    }
}

// Numbers that follow from a seed, the same in every engine (mulberry32).
export class Random {
    constructor(seed) {
        this.state = seed >>> 0;
    }
    bits() {
        this.state = (this.state + 0x6d2b79f5) >>> 0;
        let t = this.state;
        t = Math.imul(t ^ (t >>> 15), t | 1);
        t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
        return (t ^ (t >>> 14)) >>> 0;
    }
    below(limit) {
        return this.bits() % limit;
    }
    chance(percent) {
        return this.below(100) < percent;
    }
    pick(list) {
        return list[this.below(list.length)];
    }
}

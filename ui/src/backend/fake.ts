/** A backend in memory: for tests, and for `npm run dev` in a plain browser. */
export { createFake, fakeOptionsFromAddress, type Fake, type FakeOptions } from "./fake/fake";

import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Pages are loaded when they are shown, which takes seconds on a busy machine.
configure({ asyncUtilTimeout: 30_000 });

// Class names are given, but no rules: for each name of a role that is looked
// for, jsdom would match every rule with every element, which took more than
// half of the time. What is seen is the browser tests' to say.
jest.mock('jss', () => {
  const jss = jest.requireActual('jss');
  return {
    ...jss,
    create: (options: object) => jss.create({ ...options, Renderer: null }),
  };
});

// A busy machine takes so long to draw a page that it asks anew by itself in
// the middle of a test, which counts what was asked. The hook's own test has
// the true times.
jest.mock('./lib/decideFollow', () => ({
  ...jest.requireActual('./lib/decideFollow'),
  FIRST_POLL_MS: 600_000,
  POLL_MS: 600_000,
}));

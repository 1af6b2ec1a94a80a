import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Pages are loaded when they are shown, which takes seconds on a busy machine.
configure({ asyncUtilTimeout: 10_000 });

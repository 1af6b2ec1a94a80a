import packageJson from '../package.json';
import * as packageInfo from './packageInfo';

/** What a portal shows of a plugin's package. */
const SHOWN = ['name', 'version', 'description', 'homepage', 'repository'];

describe('packageInfo', () => {
  it('says all that package.json has of what a portal shows', () => {
    expect({ ...packageInfo }).toEqual(
      Object.fromEntries(
        Object.entries(packageJson).filter(([key]) => SHOWN.includes(key)),
      ),
    );
  });
});

import { createArtifactStore } from './createArtifactStore';

describe('createArtifactStore', () => {
  it('opens what the config names', () => {
    expect(createArtifactStore({ folder: '/x' }).label).toBe('/x');
    const settings = { bucket: 'abc', endpoint: 'https://s3.example.com' };
    const store = createArtifactStore({ s3: settings });
    expect(store.label).toBe('s3://abc at s3.example.com');
  });
});

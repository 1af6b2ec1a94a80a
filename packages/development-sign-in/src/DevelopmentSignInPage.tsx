import { useState } from 'react';
import { ProxiedSignInPage, SignInPage } from '@backstage/core-components';
import {
  configApiRef,
  SignInPageProps,
  useApi,
} from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { readPeople } from './readPeople';

/** The choice lives as long as the tab, so that two tabs can be two people. */
const CHOICE = 'ground-control.development-sign-in';

const useStyles = makeStyles(theme => ({
  page: {
    minHeight: '100vh',
    display: 'grid',
    placeItems: 'center',
    padding: theme.spacing(2),
    background: theme.palette.background.default,
    color: theme.palette.text.primary,
  },
  panel: { width: '100%', maxWidth: 480 },
  title: { fontSize: 24, lineHeight: 1.3, margin: theme.spacing(0, 0, 1) },
  note: { margin: theme.spacing(0, 0, 3), color: theme.palette.text.secondary },
  person: {
    justifyContent: 'flex-start',
    textAlign: 'start',
    textTransform: 'none',
    width: '100%',
    minHeight: 56,
    marginBottom: theme.spacing(1),
    background: theme.palette.background.paper,
  },
  name: { display: 'block', fontWeight: 600 },
  role: { display: 'block', color: theme.palette.text.secondary },
}));

function ChoosePerson(props: { onChoose: (entityRef: string) => void }) {
  const classes = useStyles();
  const config = useApi(configApiRef);
  return (
    <main className={classes.page}>
      <div className={classes.panel}>
        <h1 className={classes.title}>Who do you want to be?</h1>
        <p className={classes.note}>
          This portal runs with an embedded world. Nobody is asked for a
          password; a real portal has a real sign-in.
        </p>
        {readPeople(config).map(person => (
          <Button
            key={person.entityRef}
            variant="outlined"
            className={classes.person}
            onClick={() => props.onChoose(person.entityRef)}
          >
            <span>
              <span className={classes.name}>{person.title}</span>
              <span className={classes.role}>{person.description}</span>
            </span>
          </Button>
        ))}
      </div>
    </main>
  );
}

/**
 * Lets a developer be one of the people of
 * `auth.providers.developmentSignIn.people`. Where that isn't enabled it is
 * Backstage's own sign-in page.
 */
export function DevelopmentSignInPage(props: SignInPageProps) {
  const config = useApi(configApiRef);
  const [person, setPerson] = useState(
    () => window.sessionStorage.getItem(CHOICE) ?? undefined,
  );

  if (!config.getOptionalBoolean('auth.providers.developmentSignIn.enabled')) {
    return <SignInPage {...props} providers={['guest']} />;
  }
  const known = readPeople(config).some(
    ({ entityRef }) => entityRef === person,
  );
  if (!person || !known) {
    return (
      <ChoosePerson
        onChoose={entityRef => {
          window.sessionStorage.setItem(CHOICE, entityRef);
          setPerson(entityRef);
        }}
      />
    );
  }
  return (
    <ProxiedSignInPage
      {...props}
      provider="developmentSignIn"
      headers={{ 'x-development-person': person }}
      onSignInSuccess={identity =>
        props.onSignInSuccess({
          getProfileInfo: () => identity.getProfileInfo(),
          getBackstageIdentity: () => identity.getBackstageIdentity(),
          getCredentials: () => identity.getCredentials(),
          async signOut() {
            window.sessionStorage.removeItem(CHOICE);
            await identity.signOut();
          },
        })
      }
    />
  );
}

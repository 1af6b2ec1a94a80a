export interface Config {
  auth?: {
    /** @visibility frontend */
    environment?: string;
    providers?: {
      /** Lets anybody be one of the people listed; never for production. */
      developmentSignIn?: {
        /**
         * Nothing happens unless this is true.
         * @visibility frontend
         */
        enabled: boolean;
        people: Array<{
          /** @visibility frontend */
          entityRef: string;
          /** @visibility frontend */
          title: string;
          /**
           * What this person can show you, in a few words.
           * @visibility frontend
           */
          description: string;
        }>;
      };
    };
  };
}

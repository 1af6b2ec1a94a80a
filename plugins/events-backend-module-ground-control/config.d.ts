export interface Config {
  groundControl?: {
    configRepository?: {
      webhook?: {
        /**
         * Shared with the Git server: the key of the webhook's signature.
         * @visibility secret
         */
        secret: string;
      };
    };
  };
}

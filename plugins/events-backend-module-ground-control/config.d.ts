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
    clusters?: Array<{
      name: string;
      /**
       * Shared with Flux in this cluster: the key of its alerts' signatures, 16
       * characters or more. Without it they are refused.
       * @visibility secret
       */
      alertSecret?: string;
    }>;
  };
}

import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  formatServiceRef,
  PolicySubject,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { RepositoryFile, RepositoryFiles } from '../../gitops/MirrorFiles';
import {
  AccessService,
  isServiceAllowed,
  PolicyAccess,
} from '../../permissions';
import { quote } from '../../lib/cleanText';
import {
  formatPolicyFault,
  NO_POLICY_FILE,
  POLICY_FILE,
  PolicyFile,
  readPolicyFile,
} from '../file';
import {
  readServicePolicies,
  ReadServicePolicies,
} from '../gather/readServicePolicies';
import {
  isAnyVisible,
  PolicyTarget,
  readTargetServices,
  targetOfSection,
} from './PolicyTarget';
import { PolicyStateOptions } from './readPolicyState';
import { resolveSection } from './resolveSection';
import { RuleSection } from './types';

export interface SubjectReaderOptions extends PolicyStateOptions {
  knex: Knex;
  repository: string;
  files: RepositoryFiles;
  access: AccessService;
}

/** A file that a subject's policies stand in, whom it is about, and why it can't be changed. */
export interface SubjectFile {
  path: string;
  file?: RepositoryFile;
  target: PolicyTarget;
  fault?: string;
}

/** What is known of a subject's policies at one commit. */
export interface SubjectFacts {
  subject: PolicySubject;
  access: PolicyAccess;
  /** Of a service. */
  squadRef?: string;
  revision: string;
  rules: SubjectFile & { read: PolicyFile; section: RuleSection };
  /** Of a service. */
  service?: SubjectFile & { read: ReadServicePolicies };
}

const BY_HAND = 'It has to be mended by hand.';

/** Reads the policies of a subject that somebody may see. */
export class SubjectReader {
  constructor(private readonly options: SubjectReaderOptions) {}

  /**
   * @throws NotFoundError in the same words where there is no such subject and
   * where they may not see it
   */
  async read(
    credentials: BackstageCredentials,
    subject: PolicySubject,
  ): Promise<SubjectFacts> {
    const { access: rights, files, layout } = this.options;
    const access = await rights.readPolicyAccess(credentials);
    await this.#requireVisible(subject, access);
    const service = subject.level === 'service' ? subject.service : undefined;
    const known = await this.#readKnown(service);
    const squadRef = known.services.find(
      one => one.namespace === service?.namespace,
    )?.squadRef;
    const path = service && layout.formatPolicyPath(service.name);
    const { revision, files: found } = await files.readFiles(
      path === undefined ? [POLICY_FILE] : [POLICY_FILE, path],
    );
    const [file, own] = found;
    return {
      subject,
      access,
      ...(squadRef !== undefined && { squadRef }),
      revision,
      rules: this.#readRules(subject, file, known),
      ...(service &&
        path !== undefined && {
          service: this.#readService(service, path, own),
        }),
    };
  }

  #readRules(
    subject: PolicySubject,
    file: RepositoryFile | undefined,
    known: { squads: string[]; services: ServiceRef[] },
  ): SubjectFacts['rules'] {
    const read = this.#parse(file);
    const { section, fault: own } = resolveSection(read, subject, known);
    const fault = read.fault ?? own;
    return {
      path: POLICY_FILE,
      file,
      read,
      section,
      target: targetOfSection(section, subject),
      ...(fault && { fault: `${formatPolicyFault(fault)} ${BY_HAND}` }),
    };
  }

  #parse(file: RepositoryFile | undefined): PolicyFile {
    if (!file) return NO_POLICY_FILE;
    return file.fault === undefined
      ? readPolicyFile(file.content, this.options.environments)
      : { ...NO_POLICY_FILE, fault: { message: file.fault } };
  }

  #readService(
    { name }: ServiceRef,
    path: string,
    file: RepositoryFile | undefined,
  ): NonNullable<SubjectFacts['service']> {
    const read = readServicePolicies(this.options.layout, name, path, file);
    return {
      path,
      file,
      read,
      // release-manager knows services by their names alone.
      target: { of: 'name', name },
      ...(read.fault !== undefined && {
        fault: `${path}: ${read.fault} ${BY_HAND}`,
      }),
    };
  }

  async #requireVisible(subject: PolicySubject, access: PolicyAccess) {
    const { knex, repository } = this.options;
    const { services } = access;
    switch (subject.level) {
      case 'service': {
        const { service } = subject;
        const isVisible = await isServiceAllowed(knex, {
          repository,
          service,
          access: services,
        });
        if (!isVisible) {
          throw new NotFoundError(
            `There is no service ${quote(
              formatServiceRef(service),
            )}, or you may not see it`,
          );
        }
        return;
      }
      case 'squad': {
        const { squad } = subject;
        const isVisible = await isAnyVisible(knex, {
          repository,
          target: { of: 'squad', squad },
          access: services,
        });
        if (!isVisible) {
          throw new NotFoundError(
            `There is no squad ${quote(squad)} with services that you may see`,
          );
        }
        return;
      }
      default:
        if (services.kind === 'none') {
          throw new NotAllowedError(
            'You may not read policies: the permission ground-control.service.read is missing',
          );
        }
    }
  }

  async #readKnown(service: ServiceRef | undefined) {
    const { knex, repository } = this.options;
    const [listed, owning, services] = await Promise.all([
      knex('squads').pluck('squad_ref'),
      knex('services')
        .where({ repository })
        .whereNotNull('squad_ref')
        .distinct()
        .pluck('squad_ref'),
      service
        ? readTargetServices(knex, repository, {
            of: 'name',
            name: service.name,
          })
        : [],
    ]);
    return {
      squads: [...new Set<string>([...listed, ...owning])],
      services: services.map(({ service: one, squadRef }) => ({
        ...one,
        squadRef,
      })),
    };
  }
}

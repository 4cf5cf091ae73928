/*
 * The property names of task definitions as the ECS API spells them, in RegisterTaskDefinition, and what CloudFormation
 * makes of them: a capital letter at the beginning, and a few exceptions.
 */

/** Properties of a container that the files of other tools hardly have in an object with a name and an image. */
export const TELLING_CONTAINER_PROPERTIES: readonly string[] = words(`
  dependsOn disableNetworking dnsSearchDomains dnsServers dockerLabels dockerSecurityOptions entryPoint
  environmentFiles essential extraHosts firelensConfiguration linuxParameters logConfiguration
  memoryReservation mountPoints portMappings privileged pseudoTerminal readonlyRootFilesystem
  repositoryCredentials resourceRequirements startTimeout stopTimeout systemControls versionConsistency
  volumesFrom
`);

/** All properties of a container. */
export const CONTAINER_PROPERTIES: readonly string[] = [
  ...TELLING_CONTAINER_PROPERTIES,
  ...words(`
  command cpu credentialSpecs environment healthCheck hostname image interactive links memory name
  restartPolicy secrets ulimits user workingDirectory
`),
];

const OTHER_PROPERTIES: readonly string[] = words(`
  accessPointArn accessPointId add appProtocol authorizationConfig autoprovision capabilities condition
  configuredAtLaunch containerDefinitions containerName containerPath containerPort containerPortRange
  cpuArchitecture credentialsParameter deviceName deviceType devices dockerVolumeConfiguration domain driver
  driverOpts drop efsVolumeConfiguration enableFaultInjection enabled ephemeralStorage executionRoleArn
  expression family fileSystemArn fileSystemId fsxWindowsFileServerVolumeConfiguration hardLimit host hostPath
  hostPort iam ignoredExitCodes inferenceAccelerators initProcessEnabled interval ipAddress ipcMode key labels
  logDriver maxSwap mountOptions namespace networkMode operatingSystemFamily options permissions pidMode
  placementConstraints properties protocol proxyConfiguration readOnly requiresCompatibilities
  restartAttemptPeriod retries rootDirectory runtimePlatform s3filesVolumeConfiguration scope secretOptions
  sharedMemorySize size sizeInGiB softLimit sourceContainer sourcePath sourceVolume startPeriod swappiness
  tags taskRoleArn timeout tmpfs transitEncryption transitEncryptionPort type value valueFrom volumes
`);

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** What only answers of the API have: ECS says it, and nobody registers it. */
export const READ_ONLY_PROPERTIES: ReadonlySet<string> = new Set([
  'compatibilities',
  'deleteRequestedAt',
  'deregisteredAt',
  'registeredAt',
  'registeredBy',
  'requiresAttributes',
  'revision',
  'status',
  'taskDefinitionArn',
]);

/** Properties whose keys are names of the user, or of whoever reads them: never to be renamed. */
export const FREE_FORM_PROPERTIES: ReadonlySet<string> = new Set([
  'dockerLabels',
  'driverOpts',
  'labels',
  'options',
]);

const EXCEPTIONS: ReadonlyMap<string, string> = new Map([
  ['efsVolumeConfiguration', 'EFSVolumeConfiguration'],
  ['fsxWindowsFileServerVolumeConfiguration', 'FSxWindowsFileServerVolumeConfiguration'],
  ['iam', 'IAM'],
  ['properties', 'ProxyConfigurationProperties'],
  ['s3filesVolumeConfiguration', 'S3FilesVolumeConfiguration'],
]);

/**
 * A property's name in CloudFormation.
 *
 * @param name in the spelling of the API
 * @param around name of the property that it stands in, in the same spelling
 */
export function cloudFormationName(name: string, around: string): string {
  // Of the file systems that have this property, CloudFormation spells that of one in its own way.
  if (name === 'fileSystemId' && around === 'efsVolumeConfiguration') return 'FilesystemId';
  return EXCEPTIONS.get(name) ?? name.charAt(0).toUpperCase() + name.slice(1);
}

/** A name as the API spells it, where somebody began it with a capital letter. */
export function apiName(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

const API_NAMES: ReadonlyMap<string, string> = new Map([
  ['FilesystemId', 'fileSystemId'],
  ...[...CONTAINER_PROPERTIES, ...OTHER_PROPERTIES].map(
    (name) => [cloudFormationName(name, ''), name] as const,
  ),
]);

/** A value of YAML behind a key, which JSON may write in another way. */
const VALUE = `'[^']*'|"[^"]*"|true|false|\\d+`;

/**
 * A word that may be the name of a property. What stands before a slash, behind a hyphen or in a type is none, nor is what
 * begins a name of several words such as `Secrets Manager` or `Environment variable`.
 */
const NAME = new RegExp(
  `(?<![\\w:/#-])([A-Z]\\w*)(?:: (${VALUE})(?![\\w-])|(?![\\w/-]|::| [A-Z][a-z]| (?:path|variable)))`,
  'g',
);

/**
 * A text of a rule with the names of properties as the API spells them: `set User` becomes `set user`.
 *
 * @param isJson whether a key with its value is quoted: `"privileged": false`
 */
export function inApiSpelling(text: string, isJson: boolean): string {
  return text.replace(NAME, (whole: string, name: string, value: string | undefined) => {
    const spelled = API_NAMES.get(name);
    if (spelled === undefined) return whole;
    if (value === undefined) return spelled;
    return isJson ? `"${spelled}": ${value.replace(/^'(.*)'$/, '"$1"')}` : `${spelled}: ${value}`;
  });
}

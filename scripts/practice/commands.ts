import { join } from 'node:path'
import type { Binaries } from './build.ts'
import { assetsFolder } from './folders.ts'
import type { Command } from './processes.ts'

/** Where one cluster keeps its certificates and component kubeconfigs. */
export type ClusterFolder = { readonly name: string; readonly folder: string }

/** etcd, for all clusters of a practice: each has a prefix of its own. */
export function etcdCommand(binaries: Binaries, data: string, certificates: string, port: number): Command {
  const url = `https://127.0.0.1:${port}`
  // A single member speaks to no peer. Its peer address is part of its identity, so it is constant, and never dialled.
  const peer = 'https://127.0.0.1:2380'
  return {
    name: 'etcd',
    path: binaries.etcd,
    grace: '3s',
    args: flags({
      name: 'practice',
      'data-dir': data,
      'listen-client-urls': url,
      'advertise-client-urls': url,
      'listen-peer-urls': 'https://127.0.0.1:0',
      'initial-advertise-peer-urls': peer,
      'initial-cluster': `practice=${peer}`,
      'client-cert-auth': 'true',
      'trusted-ca-file': join(certificates, 'ca.crt'),
      'cert-file': join(certificates, 'etcd.crt'),
      'key-file': join(certificates, 'etcd.key'),
      'peer-client-cert-auth': 'true',
      'peer-trusted-ca-file': join(certificates, 'ca.crt'),
      'peer-cert-file': join(certificates, 'etcd.crt'),
      'peer-key-file': join(certificates, 'etcd.key'),
      // Only a crash of the whole machine can lose data by this; practice data may be lost, waiting for disks may not.
      'unsafe-no-fsync': 'true',
      'auto-compaction-mode': 'periodic',
      'auto-compaction-retention': '10m',
      'log-level': 'warn',
    }),
  }
}

/** An API server that listens on loopback only, with RBAC and no anonymous requests. */
export function apiserverCommand(
  binaries: Binaries,
  cluster: ClusterFolder,
  options: { readonly port: number; readonly etcdPort: number; readonly etcdCertificates: string },
): Command {
  const own = (file: string) => join(cluster.folder, file)
  return {
    name: `${cluster.name}-apiserver`,
    path: binaries['kube-apiserver'],
    grace: '3s',
    args: flags({
      'etcd-servers': `https://127.0.0.1:${options.etcdPort}`,
      'etcd-prefix': `/${cluster.name}`,
      'etcd-cafile': join(options.etcdCertificates, 'ca.crt'),
      'etcd-certfile': join(options.etcdCertificates, 'etcd.crt'),
      'etcd-keyfile': join(options.etcdCertificates, 'etcd.key'),
      'bind-address': '127.0.0.1',
      'secure-port': String(options.port),
      // Loopback is refused as an endpoint of the `kubernetes` Service, so nothing writes that endpoint.
      'advertise-address': '127.0.0.1',
      'endpoint-reconciler-type': 'none',
      'external-hostname': 'localhost',
      'tls-cert-file': own('apiserver.crt'),
      'tls-private-key-file': own('apiserver.key'),
      'cert-dir': cluster.folder,
      'client-ca-file': own('ca.crt'),
      'anonymous-auth': 'false',
      'authorization-mode': 'RBAC',
      'service-account-issuer': 'https://kubernetes.default.svc',
      'service-account-key-file': own('service-account.pub'),
      'service-account-signing-key-file': own('service-account.key'),
      'service-cluster-ip-range': '10.96.0.0/16',
      profiling: 'false',
    }),
  }
}

// Nothing here has clouds, volumes that attach, or routes between nodes: each of these only costs memory.
const idleControllers = [
  'device-taint-eviction-controller',
  'node-ipam-controller',
  'persistentvolume-attach-detach-controller',
  'persistentvolume-expander-controller',
  'ttl-controller',
]

/** The controllers, the scheduler and the fake kubelet of one cluster, which make its objects live. */
export function controllerCommands(binaries: Binaries, cluster: ClusterFolder): Command[] {
  const kubeconfig = (program: string) => join(cluster.folder, `${program}.kubeconfig`)
  return [
    {
      name: `${cluster.name}-controller-manager`,
      path: binaries['kube-controller-manager'],
      grace: '1s',
      args: flags({
        kubeconfig: kubeconfig('kube-controller-manager'),
        'secure-port': '0',
        'leader-elect': 'false',
        'root-ca-file': join(cluster.folder, 'ca.crt'),
        'service-account-private-key-file': join(cluster.folder, 'service-account.key'),
        // The node's heartbeat is a Stage, every two minutes.
        'node-monitor-grace-period': '10m',
        controllers: ['*', ...idleControllers.map(name => `-${name}`)].join(','),
        profiling: 'false',
      }),
    },
    {
      name: `${cluster.name}-scheduler`,
      path: binaries['kube-scheduler'],
      grace: '1s',
      args: flags({
        kubeconfig: kubeconfig('kube-scheduler'),
        'secure-port': '0',
        'leader-elect': 'false',
        profiling: 'false',
      }),
    },
    {
      name: `${cluster.name}-kwok`,
      path: binaries.kwok,
      grace: '1s',
      args: flags({
        kubeconfig: kubeconfig('kwok'),
        config: join(assetsFolder, 'stages.yaml'),
        'manage-all-nodes': 'true',
        // Without leases: a kwok that starts again would wait until the lease of the one before has run out.
        'node-lease-duration-seconds': '0',
        'node-ip': '10.128.0.10',
        cidr: '10.244.0.0/16',
      }),
    },
  ]
}

function flags(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).map(([name, value]) => `--${name}=${value}`)
}

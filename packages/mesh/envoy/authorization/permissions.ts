import type { Operation } from '../../model/security/policy.ts';
import { attribute, type Attribute } from './attribute.ts';
import { headerMatch, textMatch } from './text.ts';

/** What may be done, in Istio's order. `port` gives the number on which Envoy sees a container's port. */
export function operationAttributes(operation: Operation, port: (written: number) => number): Attribute[] {
  const { hosts, notHosts, methods, notMethods, paths, notPaths, ports, notPorts } = operation;
  return [
    attribute([hosts, notHosts], (value) => headerMatch(':authority', value, true), 'http'),
    attribute([methods, notMethods], (value) => headerMatch(':method', value), 'http'),
    attribute([paths, notPaths], pathMatch, 'http'),
    attribute([ports, notPorts], (value) => portMatch(value, port)),
  ];
}

/** The port of the pod, not of the Service. */
export function portMatch(value: string, port: (written: number) => number): object {
  return { destination_port: port(Number(value)) };
}

/** The name that a TLS caller asks for. */
export function sniMatch(value: string): object {
  return { requested_server_name: textMatch(value) };
}

// `{*}` is one segment and `{**}` any number of them; Envoy's templates say the same without braces.
function pathMatch(value: string): object {
  if (!/\{\*\*?\}/.test(value)) return { url_path: { path: textMatch(value) } };
  const typed_config = {
    '@type': 'type.googleapis.com/envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig',
    path_template: value.replace(/\{(\*\*?)\}/g, '$1'),
  };
  return { uri_template: { name: 'uri-template', typed_config } };
}

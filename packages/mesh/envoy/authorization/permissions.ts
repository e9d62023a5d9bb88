import type { Operation } from '../../model/security/policy.ts';
import { type Attribute, attribute, headerMatch, textMatch } from './attribute.ts';

/**
 * The attributes of an operation (`to`), in Istio's order. `port` maps a container port to the port on which Envoy listens.
 * Source: istio.io/istio pilot/pkg/security/authz/model/model.go, New, and permission.go.
 */
export function operationAttributes(operation: Operation, port: (containerPort: number) => number): Attribute[] {
  const { hosts, notHosts, methods, notMethods, paths, notPaths, ports, notPorts } = operation;
  return [
    attribute([hosts, notHosts], (value) => headerMatch(':authority', value, true), 'http'),
    attribute([methods, notMethods], (value) => headerMatch(':method', value), 'http'),
    attribute([paths, notPaths], pathMatch, 'http'),
    attribute([ports, notPorts], (value) => portMatch(value, port)),
  ];
}

/** A policy names the container's port, not the Service's. */
export function portMatch(value: string, port: (containerPort: number) => number): object {
  return { destination_port: port(Number(value)) };
}

/** The server name in the caller's TLS hello. */
export function sniMatch(value: string): object {
  return { requested_server_name: textMatch(value) };
}

// `{*}` is one path segment, `{**}` any number of them. In Envoy's URI templates they have no braces. Source: matcher/template.go.
function pathMatch(value: string): object {
  if (!/\{\*\*?\}/.test(value)) return { url_path: { path: textMatch(value) } };
  const typed_config = {
    '@type': 'type.googleapis.com/envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig',
    path_template: value.replace(/\{(\*\*?)\}/g, '$1'),
  };
  return { uri_template: { name: 'uri-template', typed_config } };
}

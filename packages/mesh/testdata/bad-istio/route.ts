import type { Mistake } from './mistake.ts';

/** Mistakes in the routes of a VirtualService. */
export const ROUTE: Mistake[] = [
  [
    '        - destination: { host: billing, subset: v1, port: { number: 80 } }',
    '        - destination: { host: "*" }',
    '@: VirtualService spec.http[0].route[0].destination.host must name one host.',
  ],
  [
    '        - destination: { host: billing, subset: v1, port: { number: 80 } }',
    '        - destination: { host: billing, subsett: v1 }',
    '@: "subsett" in VirtualService spec.http[0].route[0].destination is unknown. Did you mean "subset"?',
  ],
  [
    '        - destination: { host: billing, subset: v1, port: { number: 80 } }',
    '        - destination: { host: billing, port: { number: 0 } }',
    '@: VirtualService spec.http[0].route[0].destination.port.number must be a port from 1 to 65535 (others are not modelled locally), not 0.',
  ],
  [
    '        - destination: { host: billing, subset: v1, port: { number: 80 } }',
    '        - destination: { subset: v1 }',
    '@: VirtualService spec.http[0].route[0].destination needs "host".',
  ],
  [
    '          weight: 9',
    '          weight: -1',
    '@: VirtualService spec.http[0].route[0].weight must be a whole number, 0 or more, not -1.',
  ],
  [
    '          headers: { response: { add: { x-version: v1 } } }',
    '          headers: { response: { add: { host: v1 } } }',
    '@: VirtualService spec.http[0].route[0].headers.response.add.host must be neither host nor begin with ":".',
  ],
  [
    '          headers: { response: { add: { x-version: v1 } } }',
    '          headers: { response: { remove: [":path"] } }',
    '@: VirtualService spec.http[0].route[0].headers.response.remove[0] must be neither host nor begin with ":", not ":path".',
  ],
  [
    '          set: { x-from: "%DOWNSTREAM_REMOTE_ADDRESS%" }',
    '          set: { x-from: "50%" }',
    '@: VirtualService spec.http[0].headers.request.set["x-from"] must be a header value: no control characters, and "%%" for a plain "%", not "50%".',
  ],
  [
    '          set: { x-from: "%DOWNSTREAM_REMOTE_ADDRESS%" }',
    '          set: { ":path": a }',
    '@: VirtualService spec.http[0].headers.request.set[":path"] must not begin with ":".',
  ],
  [
    '      rewrite: { uri: /, authority: billing }',
    '      rewrite: {}',
    '@: VirtualService spec.http[0].rewrite must have uri or authority.',
  ],
  [
    '      rewrite: { uri: /, authority: billing }',
    '      redirect: { uri: / }',
    '@-26: VirtualService spec.http[0] must have exactly one of route, redirect and directResponse.',
  ],
  [
    '        redirectCode: 308',
    '        redirectCode: 304',
    '@: VirtualService spec.http[1].redirect.redirectCode must be 301, 302, 303, 307 or 308 (others are not modelled locally), not 304.',
  ],
  [
    '        redirectCode: 308',
    '        scheme: ftp',
    '@: VirtualService spec.http[1].redirect.scheme must be http or https, not "ftp".',
  ],
  [
    '        uri: /new',
    '        scheme: ""',
    '@-1: VirtualService spec.http[1].redirect must have uri, authority, scheme or port (an empty one is not modelled locally).',
  ],
  [
    '        uri: /new',
    '        uri: ""',
    '@-1: VirtualService spec.http[1].redirect must have uri, authority, scheme or port (an empty one is not modelled locally).',
  ],
  [
    '        redirectCode: 308',
    '      rewrite: { uri: / }',
    '@-3: VirtualService spec.http[1] must not have fault or rewrite beside redirect or directResponse.',
  ],
  [
    '        redirectCode: 308',
    '      fault: { abort: { httpStatus: 500 } }',
    '@-3: VirtualService spec.http[1] must not have fault or rewrite beside redirect or directResponse.',
  ],
  [
    '        status: 418',
    '        status: 42',
    '@: VirtualService spec.http[2].directResponse.status must be a status from 200 to 599 (others are not modelled locally), not 42.',
  ],
  [
    '        body: { string: short and stout }',
    '        body: { bytes: c2hvcnQ= }',
    '@: "bytes" in VirtualService spec.http[2].directResponse.body is not modelled locally: use string.',
  ],
  [
    '      timeout: 1m30.5s',
    '      timeout: 90',
    '@: VirtualService spec.http[0].timeout must be a string (put it in quotes), not 90.',
  ],
  [
    '      timeout: 1m30.5s',
    '      timeout: 2 s',
    '@: VirtualService spec.http[0].timeout must be a time of at least 1 ms, in whole milliseconds, such as 250ms, 1.5s or 1m30s, not "2 s".',
  ],
  [
    '      timeout: 1m30.5s',
    '      timeout: 0s',
    '@: VirtualService spec.http[0].timeout must be a time of at least 1 ms, in whole milliseconds, such as 250ms, 1.5s or 1m30s, not "0s".',
  ],
  [
    '      timeout: 1m30.5s',
    '      timeout: 1.5ms',
    '@: VirtualService spec.http[0].timeout must be a time of at least 1 ms, in whole milliseconds, such as 250ms, 1.5s or 1m30s, not "1.5ms".',
  ],
  [
    '        attempts: 2',
    '        attempts: 0',
    '@: VirtualService spec.http[0].retries.attempts must say how many attempts, above 0, where it says more about them.',
  ],
  [
    '        retryOn: gateway-error,503',
    '        retryOn: gateway-error, 503',
    '@: VirtualService spec.http[0].retries.retryOn must name conditions of Envoy or statuses, parted by commas without blanks; " 503" is neither.',
  ],
  [
    '          fixedDelay: 1s',
    '          exponentialDelay: 1s',
    '@: "exponentialDelay" in VirtualService spec.http[0].fault.delay is not modelled locally: use fixedDelay.',
  ],
  [
    '          percentage: { value: 0.5 }',
    '          percentage: { value: 101 }',
    '@: VirtualService spec.http[0].fault.delay.percentage.value must be 0, or from 0.0001 to 100, not 101.',
  ],
  [
    '          percentage: { value: 0.5 }',
    '          percent: 5',
    '@: "percent" in VirtualService spec.http[0].fault.delay is not modelled locally: use percentage.',
  ],
  [
    '          httpStatus: 503',
    '          httpStatus: 700',
    '@: VirtualService spec.http[0].fault.abort.httpStatus must be a status from 200 to 599 (others are not modelled locally), not 700.',
  ],
  [
    '      fault:\n        delay:\n          fixedDelay: 1s\n          percentage: { value: 0.5 }\n        abort:\n          httpStatus: 503',
    '      fault: {}',
    '@: VirtualService spec.http[0].fault must have delay or abort.',
  ],
  [
    '      mirrorPercentage: { value: 10 }',
    '      mirrors: [{ destination: { host: billing } }]',
    '@-40: VirtualService spec.http[0] must not have both mirror and mirrors.',
  ],
];

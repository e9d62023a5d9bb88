import { expect, test } from '@jest/globals';
import { serviceEnv } from './service-env.ts';

test('When a pod starts, then its environment has the address and the ports of each Service', () => {
  const services = [
    {
      name: 'billing',
      ip: '240.240.0.1',
      written: [
        { port: 9090, name: 'grpc-api' },
        { port: 80, name: 'http' },
      ],
    },
    { name: 'my-store', ip: '240.240.0.2', written: [{ port: 5432 }] },
  ];
  expect(serviceEnv(services)).toEqual({
    BILLING_SERVICE_HOST: '240.240.0.1',
    BILLING_SERVICE_PORT: '9090',
    BILLING_SERVICE_PORT_HTTP: '80',
    BILLING_SERVICE_PORT_GRPC_API: '9090',
    BILLING_PORT: 'tcp://240.240.0.1:9090',
    BILLING_PORT_80_TCP: 'tcp://240.240.0.1:80',
    BILLING_PORT_80_TCP_PROTO: 'tcp',
    BILLING_PORT_80_TCP_PORT: '80',
    BILLING_PORT_80_TCP_ADDR: '240.240.0.1',
    BILLING_PORT_9090_TCP: 'tcp://240.240.0.1:9090',
    BILLING_PORT_9090_TCP_PROTO: 'tcp',
    BILLING_PORT_9090_TCP_PORT: '9090',
    BILLING_PORT_9090_TCP_ADDR: '240.240.0.1',
    MY_STORE_SERVICE_HOST: '240.240.0.2',
    MY_STORE_SERVICE_PORT: '5432',
    MY_STORE_PORT: 'tcp://240.240.0.2:5432',
    MY_STORE_PORT_5432_TCP: 'tcp://240.240.0.2:5432',
    MY_STORE_PORT_5432_TCP_PROTO: 'tcp',
    MY_STORE_PORT_5432_TCP_PORT: '5432',
    MY_STORE_PORT_5432_TCP_ADDR: '240.240.0.2',
  });
});

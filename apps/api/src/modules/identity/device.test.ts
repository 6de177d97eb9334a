import { expect, test } from 'vitest';
import { describeDevice } from './device.ts';

test('a device is named by browser and system, and by nothing else', () => {
  const firefox = 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0';
  const edge =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0';
  const iPad =
    'Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';
  expect(describeDevice(firefox)).toBe('Firefox · Android');
  expect(describeDevice(edge)).toBe('Edge · Windows');
  expect(describeDevice(iPad)).toBe('Safari · iPad');
  expect(describeDevice('curl/8.5.0')).toBe('');
  expect(describeDevice(undefined)).toBe('');
});

import { describe, expect, it } from 'vitest'
import { relativePath } from '../../src/report/paths.ts'

describe('a path from the working directory on', () => {
  it.each([
    ['/home/acme', '/home/acme/acme.yaml', 'acme.yaml'],
    ['/home/acme/', '/home/acme/sla/acme.yaml', 'sla/acme.yaml'],
    ['/home/acme', './acme.yaml', 'acme.yaml'],
    ['/home/acme', '././sla/./acme.yaml', 'sla/acme.yaml'],
    ['/home/acme', 'sla/../acme.yaml', 'acme.yaml'],
    ['/home/acme', '/home/acme/sla/../../acme/acme.yaml', 'acme.yaml'],
    ['/home/acme', '../acme/acme.yaml', 'acme.yaml'],
    ['/home/acme', 'sla//acme.yaml', 'sla/acme.yaml'],
    ['/', '/acme.yaml', 'acme.yaml'],
    ['/', 'etc/acme.yaml', 'etc/acme.yaml'],
    ['/home/acme', '-', '-'],
    ['/home/acme', '.sla/acme.yaml', '.sla/acme.yaml'],
    ['/home/acme', '..acme.yaml', '..acme.yaml'],
  ])('in %s, %s is %s', (directory, file, path) => {
    expect(relativePath(file, { directory })).toBe(path)
  })

  it.each([
    ['/home/acme', '/home/acme2/acme.yaml', '/home/acme2/acme.yaml'],
    ['/home/acme', '/home/acme', '/home/acme'],
    ['/home/acme', '/home/acme/../acme2/acme.yaml', '/home/acme2/acme.yaml'],
    ['/home/acme', '/home/ACME/acme.yaml', '/home/ACME/acme.yaml'],
    ['/home/acme', '../acme2/acme.yaml', '../acme2/acme.yaml'],
    ['/home/acme', 'sla/../../acme2/acme.yaml', '../acme2/acme.yaml'],
    ['/home/acme', '../../../../etc/acme.yaml', '../../../../etc/acme.yaml'],
    ['/home/acme', '/../etc/acme.yaml', '/etc/acme.yaml'],
    ['/home/acme', '//etc/acme.yaml', '/etc/acme.yaml'],
  ])('outside of %s, %s is %s', (directory, file, path) => {
    expect(relativePath(file, { directory })).toBe(path)
  })

  it.each([
    ['C:\\acme', 'C:\\acme\\sla\\acme.yaml', 'sla/acme.yaml'],
    ['C:\\acme', 'c:\\ACME\\acme.yaml', 'acme.yaml'],
    ['C:\\acme', 'sla\\..\\acme.yaml', 'acme.yaml'],
    ['C:\\acme', '..\\acme\\acme.yaml', 'acme.yaml'],
    ['C:\\acme', 'C:\\acme2\\acme.yaml', 'C:/acme2/acme.yaml'],
    ['C:\\acme', 'D:\\acme\\acme.yaml', 'D:/acme/acme.yaml'],
    ['C:\\', 'C:\\acme.yaml', 'acme.yaml'],
    ['\\\\disk\\acme', '\\\\disk\\acme\\acme.yaml', 'acme.yaml'],
    ['\\\\disk\\acme', '\\\\other\\acme.yaml', '//other/acme.yaml'],
    ['/home/acme', 'C:\\acme\\acme.yaml', 'C:/acme/acme.yaml'],
  ])('on Windows, in %s, %s is %s', (directory, file, path) => {
    expect(relativePath(file, { directory })).toBe(path)
  })

  it('keeps a backslash where it is part of a name, and needs no directory', () => {
    expect(relativePath('/home/acme/a\\b.yaml', { directory: '/home/acme' })).toBe('a\\b.yaml')
    expect(relativePath('./sla/../acme.yaml', {})).toBe('acme.yaml')
    expect(relativePath('/etc/acme.yaml', {})).toBe('/etc/acme.yaml')
  })
})

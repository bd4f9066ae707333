// Called by electron-builder when the program's folder is complete: switches off in Electron's binary what is not needed.
import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';

/** The fuses of a flavour. Only "e2e" can be driven by tests: they come in through Node's inspector. */
export function fusesOf(flavour) {
  return {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: flavour === 'e2e',
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    [FuseV1Options.WasmTrapHandlers]: true,
  };
}

/** Where the binary lies that a platform starts. */
export function binaryOf({ appOutDir, electronPlatformName, packager }) {
  const name = packager.appInfo.productFilename;
  if (electronPlatformName === 'darwin') return join(appOutDir, `${name}.app`);
  return join(appOutDir, electronPlatformName === 'win32' ? `${name}.exe` : packager.executableName);
}

export async function afterPack(context) {
  const mac = context.electronPlatformName === 'darwin';
  await flipFuses(binaryOf(context), {
    ...fusesOf(process.env.RUNBOARD_FLAVOUR ?? 'release'),
    resetAdHocDarwinSignature: mac && context.arch === 3,
  });
}

/** Which files a conversation's channel takes, in words: asked before an upload begins, and again of what arrived. */
import { fitsType, isForbidden, type ChannelSheet } from '../../../src/contract/index.js';
import { Refusal } from '../refusal.js';

const MB = 1024 * 1024;

export interface FileLimits {
  maxBytes: number;
  /** MIME types or `image/*` patterns. */
  types: readonly string[];
}

const words = (text: string): string[] => text.trim().split(/\s+/);

/**
 * What runs, installs or takes hold when somebody opens it: nobody's channel is a way to a colleague's machine. Told to the
 * pages as well. The lists follow what mail programs refuse. What only shows something stays allowed (a web page is saved as
 * plain bytes), and so do archives and the old office formats, because too much honest work is in them.
 */
export const PROGRAMS = {
  types: words(`
    application/x-msdownload application/x-msdos-program application/vnd.microsoft.portable-executable
    application/x-elf application/x-executable application/x-mach-binary application/x-msi
    application/x-ms-shortcut application/x.ms.shortcut application/x.apple.alias application/x-mswebsite
    application/internet-shortcut application/x-desktop application/x-ms-application application/x-ms-regedit
    application/x-sh application/x-bat application/x-powershell application/hta text/vbscript
    application/java-archive application/java-vm application/x-java-jnlp-file application/vnd.ms-htmlhelp
    application/vnd.android.package-archive application/vnd.debian.binary-package application/x-deb application/x-rpm
    application/x-apple-diskimage application/x-iso9660-image application/x-google-chrome-extension
    application/x-xpinstall
    application/vnd.ms-word.document.macroenabled.12 application/vnd.ms-word.template.macroenabled.12
    application/vnd.ms-excel.sheet.macroenabled.12 application/vnd.ms-excel.template.macroenabled.12
    application/vnd.ms-excel.addin.macroenabled.12 application/vnd.ms-powerpoint.presentation.macroenabled.12
    application/vnd.ms-powerpoint.slideshow.macroenabled.12 application/vnd.ms-powerpoint.template.macroenabled.12
    application/vnd.ms-powerpoint.addin.macroenabled.12 application/vnd.ms-powerpoint.slide.macroenabled.12
  `),
  endings: [
    // Programs, and what the systems load as one.
    ...words('exe com scr pif cpl dll ocx sys drv app jar class jnlp xpi crx gadget run appimage'),
    // What installs something.
    ...words('msi msp mst msu msix msixbundle appx appxbundle appinstaller application appref-ms pkg mpkg'),
    ...words('deb rpm snap flatpakref apk apks xapk aab ipa mobileconfig'),
    // Scripts that an opening click runs.
    ...words('bat cmd vb vbs vbe js jse ws wsf wsh wsc sct ps1 ps1xml psm1 psc1 hta sh bash csh ksh zsh command tool'),
    ...words('terminal scpt scptd applescript workflow py pyw pyc pyz pyzw pl'),
    // What leads elsewhere, or starts something, under a picture of its own choosing.
    ...words('lnk url website webloc inetloc fileloc desktop scf library-ms search-ms searchconnector-ms rdp ica'),
    // What changes the settings of a machine, or is opened by a program that runs what is in it.
    ...words('reg inf msc settingcontent-ms theme themepack diagcab chm hlp udl prf'),
    // Disks in a file: what lies on them lost the mark "from the internet", which systems ask about.
    ...words('iso img dmg vhd vhdx vmdk wim'),
    // Documents whose format exists to carry macros, add-ins, and queries that fetch and run: there is one without of each.
    ...words('docm dotm xlsm xltm xlam xla xll pptm potm ppsm ppam ppa sldm wll slk iqy oqy dqy rqy ade adp accde mde'),
  ],
};

const inMegabytes = (bytes: number) => `${Math.floor((bytes / MB) * 10) / 10} MB`;
const refused = (message: string) => new Refusal('BAD_PAYLOAD', message, { field: 'filetype' });
const tooLarge = (message: string) => new Refusal('TOO_LARGE', message, { field: 'size' });

export function checkAllowed(
  file: { type: string; name: string; size: number },
  /** Undefined: nobody has said what the channel can do. */
  sheet: ChannelSheet | undefined,
  limits: FileLimits,
): void {
  const { type, name, size } = file;
  if (size > limits.maxBytes) throw tooLarge(`The file is too large: at most ${inMegabytes(limits.maxBytes)}.`);
  if (isForbidden({ type, name }, PROGRAMS))
    throw new Refusal('BAD_PAYLOAD', 'Programs and scripts cannot be sent.', { field: 'program' });
  if (!limits.types.some((pattern) => fitsType(type, pattern)))
    throw refused(`Files of the type ${type} are not taken.`);
  if (!sheet) return;
  if (!sheet.media.length) throw refused(`${sheet.label} carries text only, no files.`);
  const fitting = sheet.media.filter(({ types }) => types.some((pattern) => fitsType(type, pattern)));
  if (!fitting.length) throw refused(`${sheet.label} does not carry files of the type ${type}.`);
  const most = Math.max(...fitting.map(({ maxBytes }) => maxBytes));
  if (size > most)
    throw tooLarge(`The file is too large for ${sheet.label}: at most ${inMegabytes(most)} for this type.`);
}

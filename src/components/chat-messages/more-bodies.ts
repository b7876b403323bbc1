/** Bodies that most conversations begin without: their code and styles come with the first message that needs them. */
import { audioBody } from './audio-body.js';
import type { MakeBody } from './body-host.js';
import { contactBody, locationBody } from './card-bodies.js';
import { mailBody } from './mail-body.js';
import { uploadBody } from './upload-body.js';

export { moreStyles } from './more-bodies.styles.js';

export const MORE: Readonly<Record<string, MakeBody>> = {
  audio: audioBody,
  email: mailBody,
  location: locationBody,
  contact: contactBody,
  upload: uploadBody,
};

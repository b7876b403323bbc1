import { expect, nextFrame } from '@open-wc/testing';
import { FakeMicrophone, FakeRecorder } from './fake-microphone.js';
import { VoiceRecorder, waveformOf, type Ending, type Recording } from './voice-recorder.js';

function desk(limits: { maxBytes?: number; maxSeconds?: number } = {}) {
  const microphone = new FakeMicrophone();
  const kept: [Recording, Ending][] = [];
  const recorder = new VoiceRecorder({
    microphone,
    type: 'audio/webm;codecs=opus',
    maxBytes: 1_000_000,
    maxSeconds: 900,
    ...limits,
    changed: () => undefined,
    ended: (recording, why) => kept.push([recording, why]),
  });
  const isLetGo = () =>
    microphone.stream.track.readyState === 'ended' && microphone.meters === 0 && !microphone.isWatched;
  return { microphone, kept, recorder, isLetGo };
}

describe('voice recorder', () => {
  it('hands over what was said, without the pauses, and lets the microphone go', async () => {
    const { microphone, kept, recorder, isLetGo } = desk();
    await recorder.start();
    microphone.advance(3000);
    FakeRecorder.last!.piece('first ');
    recorder.pause();
    microphone.advance(60_000);
    expect(recorder.seconds).to.be.closeTo(3, 0.1);
    recorder.resume();
    microphone.advance(2000);
    expect(isLetGo()).to.equal(false);
    recorder.finish();
    expect(isLetGo()).to.equal(true);
    await nextFrame();
    const [[recording, why]] = kept as [[Recording, Ending]];
    expect(why).to.equal('asked');
    expect(recording.blob.type).to.equal('audio/webm');
    expect(await recording.blob.text()).to.equal('first end');
    expect(recording.seconds).to.be.closeTo(5, 0.2);
    expect(recording.waveform).to.have.length(44);
    expect(Math.max(...recording.waveform)).to.equal(1);
    recorder.finish();
    await nextFrame();
    expect(kept).to.have.length(1);
  });

  it('keeps nothing of what is discarded', async () => {
    const { kept, recorder, isLetGo } = desk();
    await recorder.start();
    recorder.discard();
    await nextFrame();
    expect(kept).to.deep.equal([]);
    expect(isLetGo()).to.equal(true);
  });

  it('ends before the channel would refuse the file', async () => {
    const { kept, recorder, isLetGo } = desk({ maxBytes: 25 });
    await recorder.start();
    FakeRecorder.last!.piece('7 bytes');
    expect(recorder.state).to.equal('recording');
    FakeRecorder.last!.piece('7 bytes');
    await nextFrame();
    expect(kept.map(([{ blob }, why]) => [blob.size, why])).to.deep.equal([[17, 'limit']]);
    expect(isLetGo()).to.equal(true);
  });

  it('ends when it may last no longer', async () => {
    const { microphone, kept, recorder } = desk({ maxSeconds: 10 });
    await recorder.start();
    microphone.advance(9500);
    expect(recorder.state).to.equal('recording');
    microphone.advance(1000);
    await nextFrame();
    expect(kept.map(([{ seconds }, why]) => [Math.round(seconds), why])).to.deep.equal([[10, 'limit']]);
  });

  it('keeps what it has when the microphone goes away', async () => {
    const { kept, recorder, isLetGo } = desk();
    await recorder.start();
    FakeRecorder.last!.piece('said ');
    FakeRecorder.last!.lose();
    await nextFrame();
    expect(kept.map(([{ blob }, why]) => [blob.size, why])).to.deep.equal([[8, 'lost']]);
    expect(isLetGo()).to.equal(true);
  });

  it('lets a microphone go that comes after it was given up, or that cannot be recorded', async () => {
    const late = desk();
    const coming = late.recorder.start();
    late.recorder.discard();
    await coming;
    expect(late.isLetGo()).to.equal(true);
    const bad = desk();
    bad.microphone.record = () => {
      throw new DOMException('no', 'NotSupportedError');
    };
    const error = await bad.recorder.start().catch((problem: unknown) => problem);
    expect((error as Error).name).to.equal('NotSupportedError');
    expect(bad.isLetGo()).to.equal(true);
  });

  it('draws silence as silence', () => {
    expect(waveformOf([0, 0.01, 0])).to.deep.equal([0, 0.2, 0]);
    expect(waveformOf([])).to.deep.equal([]);
    expect(waveformOf(Array.from({ length: 100_000 }, () => 0.3))).to.deep.equal(Array.from({ length: 44 }, () => 1));
  });
});

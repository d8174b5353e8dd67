package dev.concierge.sandbox.model;

import dev.concierge.audio.MuLaw;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How audio crosses the wire. Inside, everything is μ-law at 8 kHz. */
enum AudioFormat {
  PCMU(1) {
    @Override
    byte[] toMulaw(byte[] wire) {
      return wire;
    }

    @Override
    byte[] fromMulaw(byte[] mulaw) {
      return mulaw;
    }
  },
  /** 16-bit samples at 24 kHz, low byte first: three for one of μ-law. */
  PCM(6) {
    @Override
    byte[] toMulaw(byte[] wire) {
      ByteBuffer samples = ByteBuffer.wrap(wire).order(ByteOrder.LITTLE_ENDIAN);
      byte[] mulaw = new byte[wire.length / PCM.sampleBytes()];
      for (int i = 0; i < mulaw.length; i++) {
        mulaw[i] = MuLaw.encode(samples.getShort(i * PCM.sampleBytes()));
      }
      return mulaw;
    }

    @Override
    byte[] fromMulaw(byte[] mulaw) {
      ByteBuffer samples =
          ByteBuffer.allocate(mulaw.length * PCM.sampleBytes()).order(ByteOrder.LITTLE_ENDIAN);
      for (byte sample : mulaw) {
        short linear = MuLaw.decode(sample);
        samples.putShort(linear).putShort(linear).putShort(linear);
      }
      return samples.array();
    }
  };

  private final int sampleBytes;

  AudioFormat(int sampleBytes) {
    this.sampleBytes = sampleBytes;
  }

  /**
   * @param type a type that {@link ClientEvents} lets pass
   */
  static AudioFormat of(String type) {
    return type.equals("audio/pcmu") ? PCMU : PCM;
  }

  /** The bytes on the wire for one sample of μ-law. */
  int sampleBytes() {
    return sampleBytes;
  }

  /**
   * Reads audio from the wire.
   *
   * @param wire whole samples
   */
  abstract byte[] toMulaw(byte[] wire);

  abstract byte[] fromMulaw(byte[] mulaw);
}

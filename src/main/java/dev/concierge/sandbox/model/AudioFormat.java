package dev.concierge.sandbox.model;

import dev.concierge.audio.MuLaw;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How audio crosses the wire. Inside, everything is μ-law at 8 kHz. */
enum AudioFormat {
  PCMU {
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
  PCM {
    @Override
    byte[] toMulaw(byte[] wire) {
      ByteBuffer samples = ByteBuffer.wrap(wire).order(ByteOrder.LITTLE_ENDIAN);
      byte[] mulaw = new byte[wire.length / PCM_BYTES];
      for (int i = 0; i < mulaw.length; i++) {
        mulaw[i] = MuLaw.encode(samples.getShort(i * PCM_BYTES));
      }
      return mulaw;
    }

    @Override
    byte[] fromMulaw(byte[] mulaw) {
      ByteBuffer samples =
          ByteBuffer.allocate(mulaw.length * PCM_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (byte sample : mulaw) {
        short linear = MuLaw.decode(sample);
        samples.putShort(linear).putShort(linear).putShort(linear);
      }
      return samples.array();
    }
  };

  /** Bytes of PCM for one sample of μ-law. */
  private static final int PCM_BYTES = 6;

  /**
   * @param type a type that {@link ClientEvents} lets pass
   */
  static AudioFormat of(String type) {
    return type.equals("audio/pcmu") ? PCMU : PCM;
  }

  abstract byte[] toMulaw(byte[] wire);

  abstract byte[] fromMulaw(byte[] mulaw);
}

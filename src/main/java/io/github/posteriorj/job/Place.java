package io.github.posteriorj.job;

/**
 * Where a plane lies in an image. Numbers begin at 1, as people and ImageJ count.
 *
 * @param channel its channel
 * @param slice its slice along Z
 * @param frame its frame in time
 */
public record Place(int channel, int slice, int frame) {

  /** The place of an image's only plane. */
  public static final Place FIRST = new Place(1, 1, 1);

  /** Bits of the numbers that are mixed to a seed: places of more differ less, but differ. */
  private static final int BITS = 21;

  /**
   * The seed of the plane at this place: the image's own at the first place, else one that depends
   * on nothing but that and the place, so that a plane comes out the same alone and among others.
   *
   * <p>The place, as one number, goes through the finaliser of SplitMix64 (Steele, Lea and Flood,
   * "Fast splittable pseudorandom number generators", OOPSLA 2014), and is added to the seed.
   */
  public long seed(long seed) {
    long number = ((frame - 1L) << BITS | (slice - 1L)) << BITS | (channel - 1L);
    long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return seed + (mixed ^ (mixed >>> 31));
  }

  /** Short and without spaces, such as {@code c1_z012_t003}: it sorts as the planes do. */
  public String name() {
    return "c%d_z%03d_t%03d".formatted(channel, slice, frame);
  }

  /** For people. */
  @Override
  public String toString() {
    return "channel %d, slice %d, frame %d".formatted(channel, slice, frame);
  }
}

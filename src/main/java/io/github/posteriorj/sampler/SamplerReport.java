package io.github.posteriorj.sampler;

/**
 * What a run of the sampler did.
 *
 * @param samples samples drawn in all
 * @param preconditioner the coordinates that the chains walked in, for people
 * @param stepSize the integrator's step size at the end
 * @param halvings how often the step size had to be halved because chains would have blown up
 * @param acceptance mean acceptance probability after burn-in; NaN for an integrator that accepts
 *     every move
 * @param evaluations evaluations of the potential's gradient, each of all chains
 * @param limited whether the limit on gradients ended the run before enough samples were drawn
 */
public record SamplerReport(
    int samples,
    String preconditioner,
    double stepSize,
    int halvings,
    double acceptance,
    long evaluations,
    boolean limited) {}

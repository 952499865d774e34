using static TorchSharp.torch;

namespace DistGan.Training.Champions;

/// <summary>Samples of a set of champions.</summary>
/// <param name="Samples">[N, …] on the CPU, mode by mode; freed with this.</param>
/// <param name="Parts">One a champion, in the order of the samples.</param>
public sealed record MixtureDraw(Tensor Samples, IReadOnlyList<MixturePart> Parts) : IDisposable
{
    public void Dispose() => Samples.Dispose();
}

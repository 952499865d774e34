using DistGan.Training.Objectives;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Objectives;

/// <summary>A critic with a gradient of the test's choice, that remembers where it was asked.</summary>
internal sealed class FixedCritic(Tensor gradient) : ICritic
{
    public Tensor? Asked { get; private set; }

    /// <summary>The codes of what it was asked.</summary>
    public Tensor? Codes { get; private set; }

    public Tensor Gradient(Tensor x, Tensor? codes)
    {
        (Asked, Codes) = (x, codes);
        return gradient;
    }
}

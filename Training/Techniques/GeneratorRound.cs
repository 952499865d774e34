using DistGan.Training.Conditions;
using DistGan.Training.Objectives;
using TorchSharp;

namespace DistGan.Training.Techniques;

/// <summary>The surroundings of one generator update, for a technique that wants to know what D would make of it.</summary>
public sealed record GeneratorRound
{
    /// <summary>Number of the step, from 1.</summary>
    public required long Step { get; init; }

    /// <summary>Update within the step, those of D counted first.</summary>
    public required int Update { get; init; }

    /// <summary>The real samples that the step showed last, as they are before <see cref="Present"/>.</summary>
    public required Func<SampleBatch> Real { get; init; }

    /// <summary>Target probability of real samples.</summary>
    public required double RealTarget { get; init; }

    /// <summary>Samples as D sees them.</summary>
    public required Func<torch.Tensor, Presentation, torch.Tensor> Present { get; init; }

    /// <summary>What D would see in an imagined update instead of fresh samples; its own negative number, and how many come before it.</summary>
    public required Func<FakeGroup, int, int, IReadOnlyList<FakeGroup>> Show { get; init; }

    /// <summary>L_D of imagined turns, one after another: that of the objective, whose state moves with them, and the terms of techniques.</summary>
    public required Func<DiscriminatorTurn, torch.Tensor> DiscriminatorLoss { get; init; }

    /// <summary>The gradient at θ_D that an imagined update follows: ∇L_D, and what techniques add in closed form.</summary>
    public required Func<torch.Tensor, torch.Tensor, torch.Tensor> Gradient { get; init; }

    /// <summary>θ_D after an imagined update, as the objective leaves it.</summary>
    public required Func<torch.Tensor, torch.Tensor> AfterUpdate { get; init; }
}
